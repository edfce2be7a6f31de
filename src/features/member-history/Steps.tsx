import { Button } from '../../ui'

export type Step = 'member' | 'records' | 'review' | 'report'

const names: readonly { readonly step: Step; readonly name: string }[] = [
  { step: 'member', name: 'Member' },
  { step: 'records', name: 'Records' },
  { step: 'review', name: 'Review' },
  { step: 'report', name: 'Report' },
]

interface Props {
  readonly current: Step
  /** Those that can be gone to now. */
  readonly open: readonly Step[]
  readonly onGo: (step: Step) => void
}

/** Where the user is, and the way back to each step without loss. */
export function Steps({ current, open, onGo }: Props) {
  return (
    <nav aria-label="Steps of member history" className="no-print">
      <ol className="mh-steps">
        {names.map(({ step, name }) => (
          <li key={step}>
            {step !== current && open.includes(step) ? (
              <Button variant="quiet" onClick={() => onGo(step)}>
                {name}
              </Button>
            ) : (
              <span aria-current={step === current ? 'step' : undefined}>{name}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
