import { useRef, useState } from 'react'
import type { FrontDeskAnswer } from '../../domain/front-desk/answer'
import { answerPaper } from '../../domain/front-desk/paper'
import { Button } from '../../ui'
import { PrintSheet } from '../../ui/PrintSheet'
import type { CoverageView } from '../asking/coverage-view'
import type { Answered } from '../asking/use-ask'
import { useWork } from '../work'
import { PaperWays } from './PaperWays'
import { PatientPaper } from './PatientPaper'
import './paper.css'
import { paperFrame } from './paper-frame'

interface Props {
  readonly answered: Answered
  /** The same as the desk reads it. */
  readonly answer: FrontDeskAnswer
  readonly view: CoverageView
  /** `YYYY-MM-DD` */
  readonly today: string
  readonly isStale: boolean
}

/** An answer on paper: for the chart as it stands, and for the patient in plain words (U19, U20). */
export function PaperActions(props: Props) {
  const { answer } = props
  const frame = paperFrame(useWork(), props)
  const content = answerPaper(answer, frame)
  const [isForPatient, setForPatient] = useState(false)
  const opener = useRef<HTMLElement>(null)
  const close = () => {
    setForPatient(false)
    opener.current?.focus()
  }
  return (
    <div className="stack no-print">
      <PaperWays document={content} name="coverage-answer">
        <Button
          aria-expanded={isForPatient}
          onClick={(event) => {
            opener.current = event.currentTarget
            setForPatient(!isForPatient)
          }}
        >
          For the patient
        </Button>
      </PaperWays>
      {isForPatient && <PatientPaper answer={answer} frame={frame} onClose={close} />}
      <PrintSheet document={content} />
    </div>
  )
}
