import type { ClinicalDocument, DocumentSection } from './document'
import { formatMadeAt, rtfTime } from './made-at'
import { partLine } from './part-line'

/** Letter paper less its margins, in twentieths of a point. */
const WIDTH = 10_080

/**
 * The document as RTF 1.5, for charts that take nothing else: ASCII bytes, every other character as `\uN?`. Patient, source,
 * warning and page n of m stand at the head and foot of every page.
 */
export function renderRtf(document: ClinicalDocument): string {
  const { patient } = document
  const facts = [
    ['Patient', patient.name],
    ['Born', patient.born],
    ['Gender', patient.gender],
    ['Identifier', patient.identifier],
    ...(document.source === undefined ? [] : [['From', document.source]]),
    ['Made', formatMadeAt(document.madeAt)],
    ...document.facts.map(({ label, value }) => [label, value]),
  ]
  const every = [patient.name, `born ${patient.born}`, patient.identifier, document.source]
    .filter((part) => part !== undefined)
    .join(' · ')
  return [
    String.raw`{\rtf1\ansi\ansicpg1252\uc1\deff0\deflang1033`,
    String.raw`{\fonttbl{\f0\fswiss\fcharset0 Arial;}}`,
    String.raw`{\info{\title ${rtfText(document.title)}}${rtfTime(document.madeAt)}}`,
    String.raw`\paperw12240\paperh15840\margl1080\margr1080\margt1440\margb1080\fs20`,
    String.raw`{\header\pard\fs18 ${rtfText(every)}\line\b ${rtfText(document.warning)}\b0\par}`,
    String.raw`{\footer\pard\fs18 Page {\field{\*\fldinst PAGE}{\fldrslt 1}} of {\field{\*\fldinst NUMPAGES}{\fldrslt 1}}\par}`,
    heading(document.title, 32),
    String.raw`\pard\b ${rtfText(document.warning)}\b0\par`,
    ...facts.map(
      ([label = '', value = '']) => String.raw`\pard\b ${rtfText(label)}: \b0 ${rtfText(value)}\par`,
    ),
    ...document.sections.flatMap((section) => sectionRtf(section, partLine(document))),
    ...(document.notices.length === 0 ? [] : [heading('Notes', 24), ...document.notices.map(paragraph)]),
    '}',
    '',
  ].join('\n')
}

const heading = (text: string, halfPoints: number): string =>
  String.raw`\pard\sb200\keepn\b\fs${halfPoints} ${rtfText(text)}\b0\fs20\par`

const paragraph = (text: string): string => String.raw`\pard\sb60 ${rtfText(text)}\par`

function sectionRtf(section: DocumentSection, part: string | undefined): readonly string[] {
  const { columns, rows } = section
  const cells = Math.max(columns.length, ...rows.map((row) => row.length), 1)
  const edges = Array.from(
    { length: cells },
    (_, i) => String.raw`\cellx${Math.round((WIDTH * (i + 1)) / cells)}`,
  )
  const row = (texts: readonly string[], style: string, isHead: boolean): string =>
    [
      String.raw`\trowd\trgaph80\trkeep${isHead ? String.raw`\trhdr` : ''}${edges.join('')}`,
      ...edges.map((_, i) => String.raw`\pard\intbl${style} ${rtfText(texts[i] ?? '')}\b0\cell`),
      String.raw`\row`,
    ].join('\n')
  return [
    heading(section.title, 24),
    ...(part === undefined ? [] : [String.raw`\pard\fs16 ${rtfText(part)}\fs20\par`]),
    ...section.paragraphs.map(paragraph),
    ...(columns.length > 0 && rows.length > 0 ? [row(columns, String.raw`\b`, true)] : []),
    ...rows.map((texts) => row(texts, '', false)),
    String.raw`\pard`,
  ]
}

/** Escaped: the three signs of RTF, line ends, and each UTF-16 unit beyond ASCII as a signed number with "?" for old readers. */
function rtfText(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    const character = text.charAt(i)
    if (character === '\n') out += String.raw`\line `
    else if (character === '\t') out += ' '
    else if ('\\{}'.includes(character)) out += `\\${character}`
    else if (unit >= 0x20 && unit < 0x7f) out += character
    else if (unit >= 0xa0) out += `\\u${unit > 0x7fff ? unit - 0x10000 : unit}?`
  }
  return out
}
