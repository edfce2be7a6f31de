// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RowList } from './virtual-list'
import { placeAttributes } from './virtual-place'

/** jsdom has no layout: every row stays as high as is thought likely. */
const ROW = 86

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  )
  vi.stubGlobal('scrollTo', () => {})
})
afterEach(() => {
  cleanup()
  scrollTo(0)
  vi.unstubAllGlobals()
})

function scrollTo(y: number): void {
  Object.defineProperty(window, 'scrollY', { value: y, configurable: true })
  act(() => void window.dispatchEvent(new Event('scroll')))
}

const keyOf = (name: string): string => name

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `row ${i + 1}`)

const list = (items: readonly string[]) => (
  <RowList
    label="Results"
    items={items}
    keyOf={keyOf}
    row={(name, place) => (
      <li key={name} {...placeAttributes(place)}>
        <input type="checkbox" aria-label={name} />
        <details>
          <summary>Details</summary>
        </details>
      </li>
    )}
  />
)

const rows = () => screen.getAllByRole('listitem')
const box = (name: string) => screen.getByLabelText(name)
const focused = () => document.activeElement?.getAttribute('aria-label')
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key })
const unfold = () => fireEvent.click(screen.getByRole('button', { name: /^Show all/ }))

describe('a list of rows', () => {
  it('stands there whole where it is short', () => {
    render(list(names(99)))
    expect(rows()).toHaveLength(99)
    expect(rows()[0]?.hasAttribute('aria-setsize')).toBe(false)
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('is folded where it is long, with its count, and puts focus on the first row that comes', () => {
    render(list(names(5000)))
    scrollTo(20 * ROW)
    expect(screen.getByText('20 of 5000 shown')).toBeTruthy()
    expect(screen.queryByLabelText('row 21')).toBeNull()
    unfold()
    expect(focused()).toBe('row 21')
    fireEvent.click(screen.getByRole('button', { name: 'Show only the first 20 of Results' }))
    expect(focused()).toBe('row 20')
    expect(screen.queryByLabelText('row 21')).toBeNull()
  })

  it('keeps only rows near the screen in the page, each with its number among all', () => {
    render(list(names(5000)))
    unfold()
    scrollTo(2000 * ROW)
    expect(box('row 2001').closest('li')?.getAttribute('aria-posinset')).toBe('2001')
    expect(box('row 2001').closest('li')?.getAttribute('aria-setsize')).toBe('5000')
    expect(rows().length).toBeLessThan(60)
    expect(screen.queryByLabelText('row 1')).toBeNull()
    expect(screen.queryByLabelText('row 5000')).toBeNull()
  })

  it('leads by arrow keys, End and Home to any row, also to one that is not in the page', () => {
    render(list(names(5000)))
    unfold()
    press('ArrowDown')
    expect(focused()).toBe('row 22')
    press('ArrowUp')
    expect(focused()).toBe('row 21')
    press('End')
    expect(focused()).toBe('row 5000')
    press('ArrowDown')
    expect(focused()).toBe('row 5000')
    press('Home')
    expect(focused()).toBe('row 1')
    fireEvent.keyDown(box('row 1'), { key: 'End', ctrlKey: true })
    expect(focused()).toBe('row 1')
  })

  it('keeps the row with the focus, and those whose details are open, though they are scrolled away', () => {
    render(list(names(5000)))
    unfold()
    const opened = box('row 3').closest('li')?.querySelector('details') as HTMLDetailsElement
    opened.open = true
    fireEvent(opened, new Event('toggle'))
    act(() => box('row 5').focus())
    scrollTo(3000 * ROW)
    expect(focused()).toBe('row 5')
    expect(opened.isConnected).toBe(true)
    expect(screen.queryByLabelText('row 4')).toBeNull()
    act(() => box('row 3001').focus())
    opened.open = false
    fireEvent(opened, new Event('toggle'))
    scrollTo(3100 * ROW)
    expect(screen.queryByLabelText('row 5')).toBeNull()
    expect(opened.isConnected).toBe(false)
  })

  it('knows its rows by key when others come before them', () => {
    const { rerender } = render(list(names(500)))
    unfold()
    act(() => box('row 5').focus())
    rerender(list([...Array.from({ length: 300 }, (_, i) => `new ${i}`), ...names(500)]))
    expect(focused()).toBe('row 5')
    expect(box('row 5').closest('li')?.getAttribute('aria-posinset')).toBe('305')
  })

  it('prints the first five hundred and says so, also where it is folded', () => {
    render(list(names(5000)))
    act(() => void window.dispatchEvent(new Event('beforeprint')))
    expect(rows()).toHaveLength(500)
    expect(screen.getByText('500 of 5000 are printed.')).toBeTruthy()
    act(() => void window.dispatchEvent(new Event('afterprint')))
    expect(rows().length).toBeLessThan(60)
    expect(screen.queryByText(/are printed/)).toBeNull()
  })
})
