import { useEffect, useId, useRef, useState } from 'react'
import type { FrontDeskAnswer } from '../../domain/front-desk/answer'
import type { PaperFrame } from '../../domain/front-desk/paper'
import { patientPaper } from '../../domain/front-desk/paper-for-patient'
import { LANGUAGES, languageOf } from '../../domain/front-desk/words/patient/languages'
import { Button } from '../../ui'
import { PaperContent } from '../../ui/PrintSheet'
import { PaperWays } from './PaperWays'

interface Props {
  readonly answer: FrontDeskAnswer
  readonly frame: PaperFrame
  readonly onClose: () => void
}

/** The answer for the patient to take along: in their language as far as the chart says it, shown as it will print. */
export function PatientPaper({ answer, frame, onClose }: Props) {
  const { language: first, missing } = languageOf(frame.patient)
  const [language, setLanguage] = useState(first)
  const [withMessages, setWithMessages] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const headingId = useId()
  useEffect(() => heading.current?.focus(), [])
  const content = patientPaper(answer, frame, language, withMessages)
  return (
    <section className="fd-section fd-patient" aria-labelledby={headingId}>
      <h3 id={headingId} ref={heading} tabIndex={-1}>
        For the patient
      </h3>
      <fieldset>
        <legend>Language</legend>
        <div className="cluster">
          {LANGUAGES.map((each) => (
            <label key={each.tag} className="check">
              <input
                type="radio"
                name={headingId}
                checked={each.tag === language.tag}
                onChange={() => setLanguage(each)}
              />
              <span lang={each.tag}>{each.name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {missing !== undefined && (
        <p className="small">
          The chart says: {languageName(missing)}. The paper is not in that language yet.
        </p>
      )}
      {answer.notes.length > 0 && (
        <label className="check">
          <input
            type="checkbox"
            checked={withMessages}
            onChange={(event) => setWithMessages(event.target.checked)}
          />
          <span>With the messages of {answer.payer}, as they came</span>
        </label>
      )}
      <PaperWays document={content} name="for-the-patient">
        <Button variant="quiet" onClick={onClose}>
          Close
        </Button>
      </PaperWays>
      <section aria-label="Preview">
        <div className="fd-sheet" lang={language.tag}>
          <PaperContent document={content} within={3} />
        </div>
      </section>
    </section>
  )
}

/** "Vietnamese"; the code where the browser has no name for it. */
function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
