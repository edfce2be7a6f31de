import { type Ref, useEffect, useRef } from 'react'
import { Button, Notice, Panel } from '../../../ui'
import type { ColumnView } from './column-view'

interface Props {
  readonly views: readonly ColumnView[]
  readonly headingRef: Ref<HTMLHeadingElement>
  /** There is only the original. */
  readonly isEmpty: boolean
  /** The form says something else than the original. */
  readonly isChanged: boolean
  /** The alternative that was taken out last. */
  readonly removed: { readonly id: string; readonly label: string } | undefined
  readonly isFull: boolean
  readonly onStartAgain: () => void
  readonly onUndo: () => void
  readonly onAsk: () => void
  readonly onAskAgain: () => void
  readonly onStop: () => void
  readonly onAdd: () => void
  readonly onBack: () => void
}

/** What this screen is, what has happened to it, and what can be done with all of it. */
export function CompareHead(props: Props) {
  const { views, isEmpty, isFull, removed } = props
  return (
    <Panel
      level={1}
      title={isEmpty ? 'Compare with other ways' : `${NUMBERS[views.length] ?? views.length} ways to do it`}
      headingRef={props.headingRef}
      aside={
        <Button variant="quiet" onClick={props.onBack}>
          Back to the question
        </Button>
      }
    >
      <p className="soft">
        {isEmpty
          ? 'Add up to five alternatives, change one thing in each, and ask about all of them at once. Nothing is ordered.'
          : 'Each is asked by itself, all at the same time. Nothing is ordered, and there is no ranking.'}
      </p>
      {props.isChanged && (
        <Notice
          tone="ask"
          title="The form has changed since this comparison began."
          actions={<Button onClick={props.onStartAgain}>Start again from the form</Button>}
        >
          <p>
            “As first asked” still stands for the question as it was. The alternatives are kept either way.
          </p>
        </Notice>
      )}
      {removed !== undefined && <Removed key={removed.id} label={removed.label} onUndo={props.onUndo} />}
      <div className="cluster">
        <Asking {...props} />
        <Button onClick={props.onAdd} disabled={isFull}>
          Add an alternative
        </Button>
        {isFull && <span className="field-hint">Five alternatives are the most.</span>}
      </div>
    </Panel>
  )
}

function Asking({ views, onAsk, onAskAgain, onStop }: Props) {
  const isAsking = views.some(({ waiting }) => waiting.length > 0)
  const isDone = views.every((view) => view.isDone || view.isPaid)
  const isAnswered = views.some(({ answered }) => answered.length > 0)
  return (
    <>
      <Button
        variant="primary"
        busy={isAsking}
        disabled={views.every(({ isPaid }) => isPaid)}
        onClick={isDone ? onAskAgain : onAsk}
      >
        {isDone ? 'Ask all again' : 'Ask all'}
      </Button>
      {isAsking && <Button onClick={onStop}>Stop asking</Button>}
      {!isAsking && isAnswered && !isDone && <Button onClick={onAskAgain}>Ask all again</Button>}
    </>
  )
}

/** Focus goes to the way back: the button that was pressed is gone. */
function Removed({ label, onUndo }: { readonly label: string; readonly onUndo: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.querySelector('button')?.focus()
  }, [])
  return (
    <div ref={place}>
      <Notice tone="info" title={`Removed: ${label}`} actions={<Button onClick={onUndo}>Undo</Button>} />
    </div>
  )
}

const NUMBERS: Readonly<Record<number, string>> = { 2: 'Two', 3: 'Three', 4: 'Four', 5: 'Five', 6: 'Six' }
