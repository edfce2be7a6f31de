import { useId, useMemo, useState } from 'react'
import type { Card, Suggestion } from '../../domain/crd/cds-response'
import type { Scenario } from '../../domain/crd/scenario'
import { applySuggestions, type ResourceChange, type SuggestionWorld } from '../../domain/crd/suggestion'
import { Button, Diff } from '../../ui'
import { ActionDetails } from './ActionDetails'
import { actionSentence } from './action-words'
import { type FormVariant, formVariant } from './form-variant'

/** A suggestion taken into the form. */
export interface SuggestionUse {
  readonly label: string
  readonly values: Extract<FormVariant, { kind: 'fits' }>['values']
  readonly notes: readonly string[]
}

/** What suggestions are compared with and go into. */
export interface SuggestionDesk {
  /** `resources`: the orders as they were asked. */
  readonly world: SuggestionWorld
  /** As it was asked. */
  readonly scenario: Scenario
  /** Absent: an answer of earlier, which is only read. */
  readonly fill?: Parameters<typeof formVariant>[2]
  readonly onUse?: (use: SuggestionUse) => void
}

interface Props {
  readonly card: Card
  readonly desk: SuggestionDesk
  /** Telling the payer of it; absent: it is told nothing. */
  readonly telling?: { readonly sentence: string; readonly onUsed: (keys: readonly string[]) => void }
}

/** What a card proposes: each suggestion with what it would change, then the one button that takes the chosen ones into the form (U7). */
export function Suggestions({ card, desk, telling }: Props) {
  const { suggestions, selectionBehavior } = card
  const name = useId()
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [hint, setHint] = useState('')
  const single = suggestions.length === 1
  const chosen = useMemo(
    () => (single ? suggestions.map((each) => each.key) : ticked),
    [single, suggestions, ticked],
  )
  const isMany = selectionBehavior === 'any'
  const { world, scenario, fill, onUse } = desk
  const outcome = useMemo(() => applySuggestions(card, chosen, world), [card, chosen, world])
  const variant =
    chosen.length === 0 || fill === undefined
      ? undefined
      : formVariant(outcome, { scenario, before: world.resources, fhirBase: world.fhirBase }, fill)
  const choose = (key: string, isOn: boolean) => {
    setHint('')
    if (!isMany) return setTicked([key])
    setTicked(isOn ? [...ticked, key] : ticked.filter((each) => each !== key))
  }
  const use = () => {
    if (variant?.kind !== 'fits') return setHint('Choose a suggestion first.')
    const labels = suggestions.filter((each) => chosen.includes(each.key)).map((each) => each.label)
    onUse?.({ label: labels.join(', '), values: variant.values, notes: variant.notes })
    telling?.onUsed(chosen)
  }
  return (
    <fieldset className="wi-suggestion">
      <legend className="visually-hidden">{single ? 'Suggestion' : 'Suggestions'}</legend>
      {suggestions.map((suggestion) => (
        <section key={suggestion.key} className="wi-proposed">
          {single || onUse === undefined ? (
            <h4>
              Suggestion: <Named suggestion={suggestion} />
            </h4>
          ) : (
            <label className="check">
              <input
                type={isMany ? 'checkbox' : 'radio'}
                name={name}
                checked={chosen.includes(suggestion.key)}
                onChange={(event) => choose(suggestion.key, event.target.checked)}
              />
              <span>
                <Named suggestion={suggestion} />
              </span>
            </label>
          )}
          <Changes suggestion={suggestion} world={world} isSingle={single} />
        </section>
      ))}
      {onUse !== undefined && <Use variant={variant} onUse={use} hint={hint} telling={telling?.sentence} />}
    </fieldset>
  )
}

/** The one way into the form, or why there is none. */
function Use({
  variant,
  onUse,
  hint,
  telling,
}: {
  readonly variant: FormVariant | undefined
  readonly onUse: () => void
  readonly hint: string
  readonly telling: string | undefined
}) {
  return (
    <>
      {variant?.kind === 'look-only' ? (
        <>
          <p>This can only be looked at here:</p>
          <ul>
            {variant.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </>
      ) : (
        <div className="cluster">
          <Button onClick={onUse}>Use in what-if</Button>
          <span role="status">{hint}</span>
        </div>
      )}
      <p className="soft small">
        {variant?.kind !== 'look-only' && 'Only the question on this screen changes. '}
        Nothing is written to the chart.
        {telling !== undefined && variant?.kind !== 'look-only' && ` ${telling}`}
      </p>
    </>
  )
}

const Named = ({ suggestion }: { readonly suggestion: Suggestion }) => (
  <>
    {suggestion.label}
    {suggestion.isRecommended && <span className="soft small"> (recommended by the payer)</span>}
  </>
)

/** One suggestion by itself, before → after. */
function Changes({
  suggestion,
  world,
  isSingle,
}: {
  readonly suggestion: Suggestion
  readonly world: SuggestionWorld
  /** Then its reasons stand below, in place of the button. */
  readonly isSingle: boolean
}) {
  const outcome = useMemo(
    () => applySuggestions({ suggestions: [suggestion] }, [suggestion.key], world),
    [suggestion, world],
  )
  if (outcome.kind === 'refused')
    return (
      <>
        <Actions suggestion={suggestion} world={world} />
        {!isSingle && <p>{outcome.reasons.join(' ')}</p>}
      </>
    )
  const changes = outcome.kind === 'applied' ? outcome.changes : []
  const skipped = new Set(outcome.notApplied.map(({ action }) => action))
  return (
    <>
      {changes.map((change) => (
        <Change key={`${change.before} ${change.after}`} change={change} isNamed={changes.length > 1} />
      ))}
      {outcome.notApplied.map(({ action, sentence }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the actions of a suggestion never move
        <div key={i} className="stack">
          <p>{sentence}</p>
          <ActionDetails action={action} orders={world.resources} />
        </div>
      ))}
      {suggestion.actions
        .filter((action) => !skipped.has(action))
        .map((action, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nor do they here
          <ActionDetails key={i} action={action} orders={world.resources} />
        ))}
    </>
  )
}

/** The actions of a suggestion that has no place in this question, one by one: nothing of it goes unsaid. */
const Actions = ({
  suggestion,
  world,
}: {
  readonly suggestion: Suggestion
  readonly world: SuggestionWorld
}) => (
  <ul>
    {suggestion.actions.map((action, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: nor here
      <li key={i}>
        {actionSentence(action)}
        <ActionDetails action={action} orders={world.resources} />
      </li>
    ))}
  </ul>
)

const Change = ({ change, isNamed }: { readonly change: ResourceChange; readonly isNamed: boolean }) => (
  <>
    {isNamed && (
      <p>
        <strong>{change.name}</strong>
      </p>
    )}
    {change.rows.length > 0 && <Diff rows={change.rows} beforeName="Now" afterName="Would become" />}
    {change.notes.map((note) => (
      <p key={note} className="soft">
        {note}
      </p>
    ))}
  </>
)
