import type { DiagnosisSay } from '../../domain/pdex/diagnosis'
import { Disclosure } from '../../ui'
import './diagnosis-says.css'

interface Props {
  readonly what: string
  readonly say: DiagnosisSay
  readonly onSay: (say: DiagnosisSay) => void
}

/** What the clinician says of one diagnosis: nothing is said for them, and nothing of several at once (U12, PDex facts 9). */
export function DiagnosisSays({ what, say, onSay }: Props) {
  return (
    <div className="mh-says small">
      <Disclosure summary="Confirm this diagnosis, or put it on the problem list">
        <fieldset className="mh-says-choices">
          <legend className="hidden">{what}</legend>
          <label className="mh-say">
            <input
              type="checkbox"
              checked={say.isConfirmed}
              onChange={() => onSay({ ...say, isConfirmed: !say.isConfirmed })}
            />{' '}
            I confirm this diagnosis
          </label>
          <label className="mh-say">
            <input
              type="checkbox"
              checked={say.onProblemList}
              onChange={() => onSay({ ...say, onProblemList: !say.onProblemList })}
            />{' '}
            Put it on the problem list
          </label>
        </fieldset>
      </Disclosure>
    </div>
  )
}
