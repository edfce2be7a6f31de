import { useLayoutEffect } from 'react'
import { createPortal } from 'react-dom'
import type { ClinicalDocument, DocumentSection } from '../domain/document/document'
import { frameOf, personLine } from '../domain/document/frame'
import { partLine } from '../domain/document/part-line'
import { WhilePrinting } from './WhilePrinting'

interface Props {
  readonly document: ClinicalDocument
}

/** The document on paper, in place of the task around it. */
export function PrintSheet({ document: content }: Props) {
  return (
    <WhilePrinting>
      <Paper document={content} />
    </WhilePrinting>
  )
}

interface PaperProps extends Props {
  /** The one that was chosen: no other paper of the task prints with it, and the page is in its language. */
  readonly alone?: boolean
}

/** While it is mounted it is what prints, in place of the screen: black on white, nothing folded. */
export function Paper({ document: content, alone = false }: PaperProps) {
  const { language } = content
  useLayoutEffect(() => {
    if (!alone) return
    const root = document.documentElement
    const before = root.lang
    root.lang = language
    return () => {
      root.lang = before
    }
  }, [alone, language])
  return createPortal(
    <article className="paper" lang={language} data-alone={alone || undefined} aria-hidden="true">
      <PaperContent document={content} />
    </article>,
    document.body,
  )
}

/** What stands on the paper. `within`: on screen, below headings of this level. */
export function PaperContent({ document: content, within = 0 }: Props & { readonly within?: 0 | 3 }) {
  const [Title, Heading] = within === 0 ? (['h1', 'h2'] as const) : (['h4', 'h5'] as const)
  const frame = frameOf(content)
  return (
    <>
      <Title>{content.title}</Title>
      <p>
        <strong>{content.patient.name}</strong> · {personLine(content)}
      </p>
      <p>
        <strong>{content.warning}</strong>
      </p>
      <dl>
        {[{ label: frame.made, value: frame.madeAt, language: undefined }, ...content.facts].map((fact) => (
          <div key={fact.label}>
            <dt>{fact.label}: </dt>
            <dd lang={fact.language}>{fact.value}</dd>
          </div>
        ))}
      </dl>
      {content.sections.map((section, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections of a finished document never move
        <PaperSection key={i} section={section} part={partLine(content)} Heading={Heading} />
      ))}
      {content.notices.length > 0 && <Heading>{frame.notes}</Heading>}
      {content.notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
    </>
  )
}

function PaperSection({
  section: { title, language, columns, rows, paragraphs },
  part,
  Heading,
}: {
  readonly section: DocumentSection
  readonly part: string | undefined
  readonly Heading: 'h2' | 'h5'
}) {
  // Two columns are a list of names and values: their headings would say nothing.
  const isPairs = columns.length <= 2
  return (
    <section>
      <Heading>{title}</Heading>
      {part !== undefined && <p>{part}</p>}
      {paragraphs.map((paragraph, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nor do paragraphs
        <p key={i} className="paper-text" lang={language}>
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
                    <td key={j} lang={language}>
                      {cell}
                    </td>
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
