import { useId, useMemo, useState } from 'react'
import type { Card, Suggestion } from '../../domain/crd/cds-response'
import type { DraftOrder, Scenario } from '../../domain/crd/scenario'
import { applySuggestions, type ResourceChange, type SuggestionWorld } from '../../domain/crd/suggestion'
import { Button, Diff } from '../../ui'
import { type FilledForm, formVariant } from './form-variant'
import type { OrderValues } from './order-values'

/** A suggestion taken into the form. */
export interface SuggestionUse {
  readonly label: string
  readonly values: OrderValues
  readonly notes: readonly string[]
}

/** What suggestions are compared with and go into. */
export interface SuggestionDesk {
  /** `resources`: the orders as they were asked. */
  readonly world: SuggestionWorld
  /** As it was asked. */
  readonly scenario: Scenario
  readonly fill: (order: DraftOrder) => FilledForm
  readonly onUse: (use: SuggestionUse) => void
}

interface Props {
  readonly card: Card
  readonly desk: SuggestionDesk
}

/** What a card proposes: each suggestion with what it would change, then the one button that takes the chosen ones into the form (U7). */
export function Suggestions({ card, desk }: Props) {
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
  const { world, scenario } = desk
  const outcome = useMemo(() => applySuggestions(card, chosen, world), [card, chosen, world])
  const variant =
    chosen.length === 0
      ? undefined
      : formVariant(outcome, { scenario, before: world.resources, fhirBase: world.fhirBase }, desk.fill)
  const choose = (key: string, isOn: boolean) => {
    setHint('')
    if (!isMany) return setTicked([key])
    setTicked(isOn ? [...ticked, key] : ticked.filter((each) => each !== key))
  }
  const use = () => {
    if (variant?.kind !== 'fits') return setHint('Choose a suggestion first.')
    const labels = suggestions.filter((each) => chosen.includes(each.key)).map((each) => each.label)
    desk.onUse({ label: labels.join(', '), values: variant.values, notes: variant.notes })
  }
  return (
    <fieldset className="wi-suggestion">
      <legend className="visually-hidden">{single ? 'Suggestion' : 'Suggestions'}</legend>
      {suggestions.map((suggestion) => (
        <section key={suggestion.key} className="wi-proposed">
          {single ? (
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
          <Button onClick={use}>Use in what-if</Button>
          <span role="status">{hint}</span>
        </div>
      )}
      <p className="soft small">Only the question on this screen changes. Nothing is written to the chart.</p>
    </fieldset>
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
  if (outcome.kind === 'refused') return isSingle ? null : <p>{outcome.reasons.join(' ')}</p>
  const changes = outcome.kind === 'applied' ? outcome.changes : []
  return (
    <>
      {changes.map((change) => (
        <Change key={`${change.before} ${change.after}`} change={change} isNamed={changes.length > 1} />
      ))}
      {outcome.notApplied.map(({ sentence }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the actions of a suggestion never move
        <p key={i}>{sentence}</p>
      ))}
    </>
  )
}

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
