import { isObject, text } from './json'

/** CSS custom properties to set, and the names of the values that were not used and why. */
export interface AppliedStyle {
  readonly theme: 'light' | 'dark'
  readonly variables: Readonly<Record<string, string>>
  readonly ignored: readonly string[]
}

/** WCAG 2.2 SC 1.4.3. */
const LEAST_CONTRAST = 4.5

type Rgb = readonly [number, number, number]

/**
 * A SMART 2.2 style file (`smart_style_url`), checked value by value before use: colours as #rgb or #rrggbb with enough contrast,
 * sizes in px within range. What fails is left out, ours stays (U18).
 */
export function readSmartStyle(json: unknown): AppliedStyle {
  const variables: Record<string, string> = {}
  const ignored: string[] = []
  const style = isObject(json) ? json : {}
  const background = colour(style.color_background)
  const theme = background && luminance(background) < 0.2 ? 'dark' : 'light'
  const surface: Rgb = theme === 'dark' ? [23, 32, 42] : [255, 255, 255]
  const ground: Rgb = background ?? [244, 246, 248]
  const use = (name: string, value: Rgb | undefined, fits: boolean, set: (hex: string) => void) => {
    if (style[name] === undefined) return
    if (value && fits) set(hex(value))
    else ignored.push(name)
  }
  const ink: Rgb = theme === 'dark' ? [231, 236, 241] : [21, 32, 43]
  use('color_background', background, !!background && contrast(background, ink) >= LEAST_CONTRAST, (v) => {
    variables['--ground'] = v
  })
  const inkAsked = colour(style.color_text)
  const readable = (c: Rgb) => contrast(c, surface) >= LEAST_CONTRAST && contrast(c, ground) >= LEAST_CONTRAST
  use('color_text', inkAsked, !!inkAsked && readable(inkAsked), (v) => {
    variables['--ink'] = v
  })
  const accent = colour(style.color_highlight)
  use('color_highlight', accent, !!accent && readable(accent), (v) => {
    variables['--accent'] = v
    variables['--focus'] = v
    variables['--accent-ink'] = accent && luminance(accent) > 0.18 ? '#000000' : '#ffffff'
    variables['--accent-wash'] = 'transparent'
  })
  const radius = pixels(style.dim_border_radius, 0, 16)
  if (style.dim_border_radius !== undefined) {
    if (radius === undefined) ignored.push('dim_border_radius')
    else variables['--radius'] = `${radius}px`
  }
  const family = text(style.font_family_body)
  if (style.font_family_body !== undefined) {
    if (family !== undefined && /^[A-Za-z0-9 ,'"-]{1,200}$/.test(family)) variables['--font'] = family
    else ignored.push('font_family_body')
  }
  return { theme, variables, ignored }
}

function colour(value: unknown): Rgb | undefined {
  if (typeof value !== 'string') return undefined
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value)
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(value)
  const parts = short ? short.slice(1).map((digit) => digit + digit) : long?.slice(1)
  const [r, g, b] = (parts ?? []).map((part) => Number.parseInt(part, 16))
  return r === undefined || g === undefined || b === undefined ? undefined : [r, g, b]
}

function pixels(value: unknown, least: number, most: number): number | undefined {
  const found = typeof value === 'string' ? /^(\d{1,3})px$/.exec(value)?.[1] : undefined
  const size = found === undefined ? undefined : Number(found)
  return size !== undefined && size >= least && size <= most ? size : undefined
}

const hex = (rgb: Rgb): string => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`

/** Relative luminance, WCAG 2.2. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const c = part / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast ratio of two colours, 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}
