import { describe, expect, it } from 'vitest'
import { readSmartStyle } from './smart-style'

describe('a SMART style file', () => {
  it('is used value by value', () => {
    const style = readSmartStyle({
      color_background: '#eef2f5',
      color_text: '#102030',
      color_highlight: '#0a4f7d',
      dim_border_radius: '4px',
      font_family_body: "'Georgia', serif",
    })
    expect(style).toMatchObject({ theme: 'light', ignored: [] })
    expect(style.variables).toMatchObject({
      '--ground': '#eef2f5',
      '--ink': '#102030',
      '--accent': '#0a4f7d',
      '--radius': '4px',
      '--font': "'Georgia', serif",
    })
  })

  it('with a dark background asks for the dark theme', () => {
    expect(readSmartStyle({ color_background: '#0b0f14' }).theme).toBe('dark')
  })

  it.each([
    ['text without contrast', { color_text: '#cccccc' }, 'color_text'],
    ['an accent without contrast', { color_highlight: '#ffff00' }, 'color_highlight'],
    ['a background in the middle', { color_background: '#777777' }, 'color_background'],
    ['a colour that is no colour', { color_text: 'red; } body { display: none' }, 'color_text'],
    ['a url for a colour', { color_background: 'url(https://evil.example)' }, 'color_background'],
    ['a size out of range', { dim_border_radius: '900px' }, 'dim_border_radius'],
    ['a size of another type', { dim_border_radius: 4 }, 'dim_border_radius'],
    ['a font that breaks out', { font_family_body: 'x; background: url(y)' }, 'font_family_body'],
  ])('loses %s and nothing else', (_, file, ignored) => {
    expect(readSmartStyle({ ...file }).ignored).toEqual([ignored])
    expect(readSmartStyle({ ...file }).variables).toEqual({})
  })

  it.each([[null], ['x'], [[]], [{}]])('that is %j changes nothing', (file) => {
    expect(readSmartStyle(file)).toEqual({ theme: 'light', variables: {}, ignored: [] })
  })
})
