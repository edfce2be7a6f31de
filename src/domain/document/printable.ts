import type { ClinicalDocument } from './document'

/** Text as a font can print it, and which characters it could not. */
interface Printable {
  readonly text: string
  /** As they stand in the text, e.g. "U+738B". */
  readonly missing: readonly string[]
}

/**
 * jsPDF ends a string at the first character that the font lacks and knows only the basic plane, so a name like "王 Wang" would be
 * lost without a word. Such characters stand as "[U+738B]" instead: visible, searchable and reversible.
 */
function printable(text: string, hasGlyph: (codeUnit: number) => boolean): Printable {
  const missing: string[] = []
  let out = ''
  // A letter and its accent as one character: fonts place combining marks badly.
  for (const character of text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ')) {
    const code = character.codePointAt(0) ?? 0
    if (character === '\n' || (code >= 0x20 && code <= 0xffff && hasGlyph(code))) {
      out += character
      continue
    }
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    missing.push(name)
    out += `[${name}]`
  }
  return { text: out, missing }
}

/** What the reader is told when characters were replaced; undefined when none were. */
export function missingNotice(missing: readonly string[]): string | undefined {
  const different = [...new Set(missing)]
  if (different.length === 0) return undefined
  const listed = different.slice(0, 12).join(', ')
  const rest = different.length > 12 ? ` and ${different.length - 12} more` : ''
  return `The font of this PDF lacks some characters. They stand as their Unicode numbers in brackets (${listed}${rest}). The records themselves and the text form keep them as they are.`
}

/** The document with every text as the font can print it. */
export function printableDocument(
  document: ClinicalDocument,
  hasGlyph: (codeUnit: number) => boolean,
): { readonly content: ClinicalDocument; readonly missing: readonly string[] } {
  const missing: string[] = []
  const p = (text: string): string => {
    const result = printable(text, hasGlyph)
    missing.push(...result.missing)
    return result.text
  }
  const { patient } = document
  const content: ClinicalDocument = {
    ...document,
    title: p(document.title),
    warning: p(document.warning),
    ...(document.source !== undefined && { source: p(document.source) }),
    patient: {
      name: p(patient.name),
      born: p(patient.born),
      gender: p(patient.gender),
      identifier: p(patient.identifier),
    },
    facts: document.facts.map((fact) => ({ label: p(fact.label), value: p(fact.value) })),
    sections: document.sections.map((section) => ({
      title: p(section.title),
      columns: section.columns.map(p),
      rows: section.rows.map((row) => row.map(p)),
      paragraphs: section.paragraphs.map(p),
    })),
    notices: document.notices.map(p),
  }
  return { content, missing }
}
