import type { ClinicalDocument, DocumentSection } from './document'
import { formatMadeAt } from './made-at'
import { partLine } from './part-line'
import { xmlText } from './xml-text'

/**
 * The document as strict XHTML 1.0, good as HTML too: every tag closed, no style, script, link or image (what the strictest EHR
 * takes, PDex facts 6.3). All text is escaped.
 */
export function renderHtml(document: ClinicalDocument): string {
  const { patient } = document
  const language = xmlText(document.language)
  const facts = [
    ['Patient', patient.name],
    ['Born', patient.born],
    ['Gender', patient.gender],
    ['Identifier', patient.identifier],
    ...(document.source === undefined ? [] : [['From', document.source]]),
    ['Made', formatMadeAt(document.madeAt)],
    ...document.facts.map(({ label, value }) => [label, value]),
  ]
  const notices =
    document.notices.length === 0
      ? ''
      : `<h2>Notes</h2>\n<ul>${document.notices.map((notice) => `<li>${lines(notice)}</li>`).join('')}</ul>\n`
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="${language}" lang="${language}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>${xmlText(document.title)}</title>
</head>
<body>
<h1>${xmlText(document.title)}</h1>
<p><strong>${xmlText(document.warning)}</strong></p>
<table><tbody>${facts.map((fact) => factRow(fact)).join('')}</tbody></table>
${document.sections.map((section) => `<h2>${xmlText(section.title)}</h2>\n${sectionHtml(section, partLine(document))}\n`).join('')}${notices}</body>
</html>
`
}

const factRow = ([label = '', value = '']: readonly string[]): string =>
  `<tr><th scope="row">${xmlText(label)}</th><td>${lines(value)}</td></tr>`

/** The content below a section's heading. `part`: says at the section whose it is. */
export function sectionHtml(section: DocumentSection, part?: string): string {
  const line = part === undefined ? '' : `<p>${xmlText(part)}</p>`
  const paragraphs = section.paragraphs.map((paragraph) => `<p>${lines(paragraph)}</p>`).join('')
  return line + paragraphs + tableHtml(section)
}

function tableHtml({ columns, rows }: DocumentSection): string {
  if (rows.length === 0) return ''
  const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${lines(cell)}</${tag}>`).join('')}</tr>`
  const head = columns.length === 0 ? '' : `<thead>${row(columns, 'th')}</thead>`
  return `<table>${head}<tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`
}

const lines = (text: string): string => text.split('\n').map(xmlText).join('<br />')
