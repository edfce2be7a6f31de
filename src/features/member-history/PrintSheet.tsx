import { createPortal } from 'react-dom'
import type { ClinicalDocument } from '../../domain/document/document'
import { formatMadeAt } from '../../domain/document/made-at'

/** The document on paper: shown by the browser's print alone, in place of the screen (U19). */
export function PrintSheet({ document: content }: { readonly document: ClinicalDocument }) {
  const { patient } = content
  return createPortal(
    <article className="mh-paper" lang={content.language} aria-hidden="true">
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
      {content.sections.map((section) => (
        <section key={section.title}>
          <h2>{section.title}</h2>
          {section.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          {section.rows.length > 0 && (
            <table>
              <thead>
                <tr>
                  {section.columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {section.rows.map((row, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of a finished document never move
                  <tr key={i}>
                    {row.map((cell, j) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: cells stand under their columns
                      <td key={j}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      ))}
      {content.notices.length > 0 && <h2>Notes</h2>}
      {content.notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
    </article>,
    document.body,
  )
}
