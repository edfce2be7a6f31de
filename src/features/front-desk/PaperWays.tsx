import { type ReactNode, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ClinicalDocument } from '../../domain/document/document'
import { renderText } from '../../domain/document/text'
import type { Problem } from '../../domain/result'
import { Button, CopyButton, ProblemNotice, useAnnounce } from '../../ui'
import { Paper } from '../../ui/PrintSheet'
import { saveFile } from '../../ui/save-file'
import { useWork } from '../work'

interface Props {
  readonly document: ClinicalDocument
  /** Of the file; never what it is about: no name, no service. */
  readonly name: 'coverage-answer' | 'for-the-patient'
  /** Further buttons beside them. */
  readonly children?: ReactNode
}

/** Three ways out for one paper: print, text, PDF. All from the same document (U19). */
export function PaperWays({ document: content, name, children }: Props) {
  const { ports, site } = useWork()
  const announce = useAnnounce()
  const [printing, setPrinting] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const print = (): void => {
    flushSync(() => setPrinting(true))
    window.print()
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    const file = await ports.pdf.render(content)
    setBusy(false)
    if (!file.ok) {
      setProblem(file.problem)
      return
    }
    saveFile(ports.clock, `${name}-${content.madeAt.slice(0, 10)}.pdf`, 'application/pdf', file.value)
    announce('PDF handed to the browser. If nothing was saved, copy the text instead.')
  }
  useEffect(() => {
    if (!printing) return
    const done = (): void => setPrinting(false)
    // Where the frame forbids printing nothing is told: the next press of a key or button ends it.
    const ends = ['afterprint', 'pointerdown', 'keydown'] as const
    for (const end of ends) window.addEventListener(end, done)
    return () => {
      for (const end of ends) window.removeEventListener(end, done)
    }
  }, [printing])
  return (
    <>
      <div className="cluster">
        <Button onClick={print}>Print</Button>
        <Button onClick={() => void save()} busy={busy}>
          {busy ? 'Making the PDF…' : 'Save as PDF'}
        </Button>
        <CopyButton text={renderText(content)} label="Copy as text" />
        {children}
      </div>
      {problem !== undefined && (
        <ProblemNotice
          problem={problem}
          notDone="No PDF was made. Print it, or copy the text."
          onRetry={() => void save()}
          technicalDetails={site.policy.technicalDetails}
          role="alert"
        />
      )}
      {printing && <Paper document={content} alone />}
    </>
  )
}
