import type { DocumentSection } from '../document/document'

/** A section as FHIR narrative: XHTML without style, script or link. All text is escaped. */
export function documentHtml(section: DocumentSection): string {
  const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  const table =
    section.rows.length === 0
      ? ''
      : `<table><thead>${cells('th', section.columns)}</thead><tbody>${section.rows.map((row) => cells('td', row)).join('')}</tbody></table>`
  const paragraphs = section.paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('')
  return `<div xmlns="http://www.w3.org/1999/xhtml">${table}${paragraphs}</div>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Characters that XML does not allow are left out. */
const escaped = (value: string): string =>
  value
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
