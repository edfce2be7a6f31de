import { useEffect, useRef, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { ClinicalDocument, DocumentSection } from '../domain/document/document'
import { formatMadeAt } from '../domain/document/made-at'
import { partLine } from '../domain/document/part-line'

interface Props {
  readonly document: ClinicalDocument
}

/** The document on paper whenever the browser prints while the task around it is on screen; never while another task is (U19). */
export function PrintSheet({ document: content }: Props) {
  const place = useRef<HTMLSpanElement>(null)
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    // The browser prints what stands there when its event has run, so the sheet has to be in place by then.
    const begin = () => {
      if (place.current?.parentElement?.closest('[hidden]') === null) flushSync(() => setPrinting(true))
    }
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return (
    <>
      <span hidden ref={place} />
      {isPrinting && <Paper document={content} />}
    </>
  )
}

/** While it is mounted it is what prints, in place of the screen: black on white, nothing folded. */
export function Paper({ document: content }: Props) {
  const { patient } = content
  return createPortal(
    <article className="paper" lang={content.language} aria-hidden="true">
      <h1>{content.title}</h1>
      <p>
        <strong>{patient.name}</strong> · Born {patient.born} · {patient.gender} · Identifier{' '}
        {patient.identifier}
      </p>
      <p>
        <strong>{content.warning}</strong>
      </p>
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
        <PaperSection key={i} section={section} part={partLine(content)} />
      ))}
      {content.notices.length > 0 && <h2>Notes</h2>}
      {content.notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
    </article>,
    document.body,
  )
}

function PaperSection({
  section: { title, columns, rows, paragraphs },
  part,
}: {
  readonly section: DocumentSection
  readonly part: string | undefined
}) {
  // Two columns are a list of names and values: their headings would say nothing.
  const isPairs = columns.length <= 2
  return (
    <section>
      <h2>{title}</h2>
      {part !== undefined && <p>{part}</p>}
      {paragraphs.map((paragraph, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nor do paragraphs
        <p key={i} className="paper-text">
          {paragraph}
        </p>
      ))}
      {rows.length > 0 && (
        <table data-pairs={isPairs}>
          {!isPairs && (
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor do rows
              <tr key={i}>
                {row.map((cell, j) =>
                  j === 0 ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells stand under their columns
                    <th key={j} scope="row">
                      {cell}
                    </th>
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells stand under their columns
                    <td key={j}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
