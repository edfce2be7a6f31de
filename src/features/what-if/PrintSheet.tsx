import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { ClinicalDocument } from '../../domain/document/document'
import { formatMadeAt } from '../../domain/document/made-at'

/** The document on paper: there only while the browser prints, in place of the screen (U19). */
export function PrintSheet({ content }: { readonly content: ClinicalDocument }) {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    // The browser prints what stands there when its event has run, so the sheet has to be in place by then.
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return isPrinting ? <Sheet content={content} /> : null
}

function Sheet({ content }: { readonly content: ClinicalDocument }) {
  const { patient } = content
  return createPortal(
    <article className="wi-paper" lang={content.language} aria-hidden="true">
      <h1>{content.title}</h1>
      <p>
        <strong>{patient.name}</strong> · Born {patient.born} · {patient.gender} · Identifier{' '}
        {patient.identifier}
      </p>
      <p>{content.warning}</p>
      <dl>
        {[{ label: 'Made', value: formatMadeAt(content.madeAt) }, ...content.facts].map((fact) => (
          <div key={fact.label}>
            <dt>{fact.label}: </dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
      {content.sections.map((section, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections of a finished document never move
        <section key={i}>
          <h2>{section.title}</h2>
          {section.paragraphs.map((paragraph, j) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs neither
            <p key={j} className="wi-plain">
              {paragraph}
            </p>
          ))}
          {section.rows.length > 0 && (
            <table>
              <tbody>
                {section.rows.map(([head, ...cells], j) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows neither
                  <tr key={j}>
                    <th scope="row">{head}</th>
                    <td>{cells.join('; ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      ))}
      {content.notices.map((notice) => (
        <p key={notice}>
          <strong>{notice}</strong>
        </p>
      ))}
    </article>,
    document.body,
  )
}
