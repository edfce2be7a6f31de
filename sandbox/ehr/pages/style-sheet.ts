import { readFileSync } from 'node:fs'

const PARTS = ['base', 'forms', 'records', 'frame'] as const

/** The style sheet of all pages: read once, served as one file, in this order. */
export const STYLE_SHEET: string = PARTS.map((part) =>
  readFileSync(new URL(`./styles/${part}.css`, import.meta.url), 'utf8'),
).join('\n')
