import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ClinicalDocument } from '../../domain/document/document'
import { renderHtml } from '../../domain/document/html'
import { renderRtf } from '../../domain/document/rtf'
import { renderText } from '../../domain/document/text'
import type { FhirJson } from '../../domain/json'
import { ok, type Problem } from '../../domain/result'
import { Button, CopyButton, Disclosure, ProblemNotice, useAnnounce } from '../../ui'
import { Paper } from '../../ui/PrintSheet'
import { saveFile } from '../../ui/save-file'
import { useWork } from '../work'
import { fileName } from './file-name'

interface Props {
  readonly what: 'outside-records' | 'report'
  readonly document: ClinicalDocument
  /** The same records as FHIR, where there are any. */
  readonly bundle?: FhirJson | undefined
  /** Where it was made already. */
  readonly pdf?: Uint8Array | undefined
  /** The next step is to take it: the PDF is the one first action. */
  readonly first?: boolean
  /** Told when the user took a file. */
  readonly onTaken?: () => void
}

/**
 * Every way out of the app: PDF, FHIR bundle, web page, RTF, text, print, text to copy. A frame may forbid downloads and print without a sign, so the text
 * in place is always beside them (U18).
 */
export function TakeAway({ what, document: content, bundle, pdf, first = false, onTaken }: Props) {
  const { ports, site } = useWork()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [printing, setPrinting] = useState(false)
  const text = renderText(content)

  const downloadPdf = async (): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    const file = pdf === undefined ? await ports.pdf.render(content) : ok(pdf)
    setBusy(false)
    if (!file.ok) {
      setProblem(file.problem)
      return
    }
    saveFile(ports.clock, fileName(what, content.madeAt, 'pdf'), 'application/pdf', file.value)
    announce('PDF handed to the browser. If nothing was downloaded, the text is below.')
    onTaken?.()
  }
  const downloadBundle = (resource: FhirJson): void => {
    saveFile(
      ports.clock,
      fileName(what, content.madeAt, 'json'),
      'application/fhir+json',
      JSON.stringify(resource, null, 2),
    )
    announce('FHIR bundle handed to the browser.')
    onTaken?.()
  }
  const downloadAs = (ending: 'html' | 'rtf' | 'txt'): void => {
    const [type, made] = {
      html: ['text/html', () => renderHtml(content)] as const,
      rtf: ['text/rtf', () => renderRtf(content)] as const,
      txt: ['text/plain', () => text] as const,
    }[ending]
    saveFile(ports.clock, fileName(what, content.madeAt, ending), type, made())
    announce('File handed to the browser. If nothing was downloaded, the text is below.')
    onTaken?.()
  }
  const print = (): void => {
    flushSync(() => setPrinting(true))
    window.print()
    onTaken?.()
  }
  useEffect(() => {
    if (!printing) return
    const done = (): void => setPrinting(false)
    window.addEventListener('afterprint', done)
    // Where the frame forbids printing nothing is told: the next press of a key or button ends it.
    window.addEventListener('pointerdown', done)
    window.addEventListener('keydown', done)
    return () => {
      window.removeEventListener('afterprint', done)
      window.removeEventListener('pointerdown', done)
      window.removeEventListener('keydown', done)
    }
  }, [printing])

  return (
    <div className="stack">
      <div className="cluster">
        <Button variant={first ? 'primary' : 'plain'} onClick={() => void downloadPdf()} busy={busy}>
          {busy ? 'Making the PDF…' : 'Download PDF'}
        </Button>
        {bundle !== undefined && (
          <Button onClick={() => downloadBundle(bundle)}>Download as FHIR (JSON)</Button>
        )}
        <Button onClick={print}>Print</Button>
        <CopyButton text={text} label="Copy as text" />
      </div>
      <Disclosure summary="Other files: web page, rich text, plain text">
        <div className="cluster">
          <Button onClick={() => downloadAs('html')}>Download as web page (HTML)</Button>
          <Button onClick={() => downloadAs('rtf')}>Download as rich text (RTF)</Button>
          <Button onClick={() => downloadAs('txt')}>Download as plain text</Button>
        </div>
      </Disclosure>
      {problem !== undefined && (
        <ProblemNotice
          problem={problem}
          notDone="No PDF was made. Nothing else is lost: print or copy the text below."
          onRetry={() => void downloadPdf()}
          technicalDetails={site.policy.technicalDetails}
          role="alert"
        />
      )}
      <Disclosure
        summary="Nothing was downloaded or printed? Show the text here"
        open={problem !== undefined}
      >
        <p className="field-hint">Some charts forbid downloads and print. Select this text and copy it.</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard */}
        <pre className="code" tabIndex={0}>
          {text}
        </pre>
      </Disclosure>
      {printing && <Paper document={content} />}
    </div>
  )
}
