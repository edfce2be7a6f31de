import type { Payer } from '../../../domain/payer-directory'
import { Button, Disclosure, Facts, Panel, StateTag } from '../../../ui'
import { useSeconds } from '../../asking/AskingBlock'
import type { AskedQuestion } from '../../asking/asked-question'
import type { CoverageView } from '../../asking/coverage-view'
import type { OrderItem } from '../../asking/order-item'
import type { Waiting } from '../../asking/use-ask'
import type { FormValues } from '../form-values'
import { glanceAtAnswer } from '../verdict'
import type { Alternative } from './alternatives'
import { ChangeFields } from './ChangeFields'
import type { ColumnView } from './column-view'

interface Props {
  readonly headingId: string
  readonly view: ColumnView
  /** Absent: the original. */
  readonly alternative: Alternative | undefined
  readonly original: FormValues
  /** The original's, in words. */
  readonly question: AskedQuestion | undefined
  readonly coverage: CoverageView
  readonly near: readonly OrderItem[]
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  /** Asking was tried: what is wrong is told from then on. */
  readonly isTried: boolean
  readonly isDetailed: boolean
  readonly onChange: (next: Alternative) => void
  readonly onSkip: (payer: Payer | undefined) => void
  readonly onDetails: () => void
  readonly onDuplicate: (() => void) | undefined
  readonly onUse: (() => void) | undefined
  readonly onRemove: (() => void) | undefined
}

/** One way of doing it: what it is, where asking it stands, and what can be done with it. */
export function ColumnCard(props: Props) {
  const { headingId, view, alternative, question, isOpen, onOpen, isTried } = props
  const { label, waiting, errors } = view
  return (
    <Panel
      as="div"
      title={
        <span id={headingId} tabIndex={-1}>
          {label}
        </span>
      }
      busy={waiting.length > 0}
    >
      <States view={view} isTried={isTried} />
      {isTried &&
        !view.isPaid &&
        errors.map((error) => (
          <p key={error} className="field-error">
            {error}
          </p>
        ))}
      {waiting.map((each) => (
        <AskingLine
          key={each.payer?.id ?? ''}
          waiting={each}
          label={label}
          onSkip={() => props.onSkip(each.payer)}
        />
      ))}
      {question !== undefined && (
        <Disclosure summary={`The question: ${question.title}`}>
          <Facts items={question.lines.map((line) => ({ term: line.label, value: line.value }))} />
        </Disclosure>
      )}
      {alternative !== undefined && (
        <Disclosure summary="What is different" open={isOpen} onToggle={onOpen}>
          {isOpen && <ChangeFields {...props} alternative={alternative} values={view.values} />}
        </Disclosure>
      )}
      <Doing {...props} />
    </Panel>
  )
}

function Doing({ headingId, view, isDetailed, onDetails, onDuplicate, onUse, onRemove, alternative }: Props) {
  const { label, answered } = view
  return (
    <div className="cluster cmp-doing">
      {answered.length > 0 && (
        <Button
          id={`${headingId}-details`}
          variant="quiet"
          onClick={onDetails}
          aria-expanded={isDetailed}
          aria-label={`Details: ${label}`}
        >
          Details
        </Button>
      )}
      {onUse !== undefined && (
        <Button variant="quiet" onClick={onUse} aria-label={`Use this one: ${label}`}>
          Use this one
        </Button>
      )}
      {alternative !== undefined && onDuplicate !== undefined && (
        <Button variant="quiet" onClick={onDuplicate} aria-label={`Duplicate: ${label}`}>
          Duplicate
        </Button>
      )}
      {onRemove !== undefined && (
        <Button variant="quiet" onClick={onRemove} aria-label={`Remove: ${label}`}>
          Remove
        </Button>
      )}
    </div>
  )
}

function States({ view, isTried }: Pick<Props, 'view' | 'isTried'>) {
  const { answered, waiting, errors, isPaid, isStale } = view
  if (isPaid) return <State tone="mute">Not asked: the patient pays</State>
  if (isTried && errors.length > 0) return <State tone="no">Not complete: not asked</State>
  if (waiting.length === 0 && isStale) return <State tone="mute">Changed: ask again</State>
  if (waiting.length === 0 && answered.length === 0) return <State tone="mute">Not asked yet</State>
  return (
    <ul className="plain cmp-states">
      {answered.map(({ answer }) => {
        const { tone, tag } = glanceAtAnswer(answer)
        return (
          <li key={answer.payer?.id ?? ''}>
            <span className="soft small">{answer.payer?.name ?? 'No payer found'}</span>{' '}
            <StateTag tone={tone}>{tag}</StateTag>
          </li>
        )
      })}
    </ul>
  )
}

const State = ({ tone, children }: { readonly tone: 'mute' | 'no'; readonly children: string }) => (
  <p>
    <StateTag tone={tone}>{children}</StateTag>
  </p>
)

interface AskingProps {
  readonly waiting: Waiting
  readonly label: string
  readonly onSkip: () => void
}

/** A payer that is being asked about this way, with seconds, and a way out when it is slow (U5). */
function AskingLine({ waiting, label, onSkip }: AskingProps) {
  const seconds = useSeconds(waiting.since)
  const name = waiting.payer?.name ?? 'the payer'
  return (
    <div className="cluster">
      <StateTag tone="busy">
        {waiting.isSlow ? `${name} is slower than usual` : `Asking ${name}`}
        {seconds >= 1 && `: ${seconds} s`}
      </StateTag>
      {waiting.isSlow && (
        <Button onClick={onSkip} aria-label={`Skip ${name}: ${label}`}>
          Skip
        </Button>
      )}
    </div>
  )
}
