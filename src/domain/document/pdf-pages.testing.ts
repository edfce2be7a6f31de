/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'

const require = createRequire(import.meta.url)
const font = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)))
export const fonts = { regular: font('DejaVuSans'), bold: font('DejaVuSans-Bold') }

/** The text of each page as a PDF reader would copy it: content streams decoded by each font's ToUnicode map. */
export function readPages(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes).toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id, body] of file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(id ?? '', body ?? '')
  const stream = (id: string | undefined): string => {
    const body = objects.get(id ?? '') ?? ''
    const data = body.slice(body.indexOf('stream\n') + 7, body.lastIndexOf('\nendstream'))
    if (!body.includes('/FlateDecode')) return data
    return inflateSync(Buffer.from(data, 'latin1')).toString('latin1')
  }
  const resources = [...objects.values()].find((body) => body.includes('/ProcSet')) ?? ''
  const fontMaps = new Map<string, Map<string, string>>()
  for (const [, name, id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const toUnicode = /\/ToUnicode (\d+)/.exec(objects.get(id ?? '') ?? '')?.[1]
    const map = new Map<string, string>()
    for (const [, glyph, code] of stream(toUnicode).matchAll(/<([0-9a-f]{4})><([0-9a-f]{4})>/gi))
      map.set((glyph ?? '').toLowerCase(), String.fromCharCode(Number.parseInt(code ?? '', 16)))
    fontMaps.set(name ?? '', map)
  }
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body))
  return pages.map((page) => {
    let map: Map<string, string> | undefined
    const words: string[] = []
    for (const [, name, glyphs] of stream(/\/Contents (\d+)/.exec(page)?.[1]).matchAll(
      /\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)> Tj/g,
    )) {
      if (name !== undefined) map = fontMaps.get(name)
      else words.push([...(glyphs ?? '').matchAll(/.{4}/g)].map(([g]) => map?.get(g) ?? '?').join(''))
    }
    return words.join(' ').replace(/\s+/g, ' ')
  })
}
