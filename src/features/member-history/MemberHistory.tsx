import type { ChartWriterPort } from '../../domain/ports'
import './member-history.css'
import { ProblemNotice } from '../../ui'
import { useWork } from '../work'
import { HistoryTask } from './HistoryTask'
import { useDoor } from './member-state'
import { useSamePatient } from './use-same-patient'

interface Props {
  readonly chartWriter: ChartWriterPort
  /** What the launch or a payer's card handed over: never trusted, read once. */
  readonly appContext: unknown
}

/** Member history: find the member, read what the payer holds, choose, review, write. Stops where the patient is in doubt. */
export default function MemberHistory({ chartWriter, appContext }: Props) {
  const { site } = useWork()
  const door = useDoor(appContext)
  const stop = useSamePatient()
  if (stop !== undefined || door.kind === 'stop')
    return (
      <div className="stack">
        <h1>Member history has stopped</h1>
        <ProblemNotice
          problem={door.kind === 'stop' ? door.problem : (stop ?? { kind: 'cancelled' })}
          notDone={
            door.kind === 'stop'
              ? 'The app stopped here. No request was sent to any payer, and nothing was written.'
              : 'The app stopped here. Nothing more is read or written.'
          }
          technicalDetails={site.policy.technicalDetails}
          role="alert"
        />
      </div>
    )
  return <HistoryTask door={door} chartWriter={chartWriter} />
}
