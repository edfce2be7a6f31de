import { Button, Field } from '../../../ui'
import type { CoverageView } from '../../asking/coverage-view'
import type { OrderItem } from '../../asking/order-item'
import { PartySearch } from '../../asking/PartySearch'
import type { FormValues } from '../form-values'
import type { Alternative } from './alternatives'
import { partyAspects } from './aspects'
import { CodeChange } from './CodeChange'
import { type Aspect, type Change, sameAs } from './change'
import { aspectLabel, offeredAspects } from './offered-aspects'
import { TextChange } from './TextChange'

interface Props {
  readonly alternative: Alternative
  /** The question as first asked. */
  readonly original: FormValues
  /** As the alternative makes it. */
  readonly values: FormValues
  readonly coverage: CoverageView
  /** Orders of the chart and presets of the original's kind of order. */
  readonly near: readonly OrderItem[]
  readonly onChange: (next: Alternative) => void
}

/** What is different: which thing, and what it would be, with the controls of the form. */
export function ChangeFields({ alternative, original, values, coverage, near, onChange }: Props) {
  const { changes } = alternative
  const put = (index: number, change: Change) =>
    onChange({ ...alternative, changes: changes.with(index, change) })
  return changes.map((change, index) => {
    const id = `cmp-${alternative.id}-${index}`
    const taken = changes.filter((each) => each !== change).map((each) => each.aspect)
    const offered = offeredAspects(values).filter((aspect) => !taken.includes(aspect))
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the place of a change is what tells it from the others
      <div key={index} className="cmp-change">
        <Field id={id} label={index === 0 ? 'What is different' : 'And also'}>
          {(control) => (
            <select
              {...control}
              value={change.aspect}
              onChange={(event) => {
                const aspect = offered.find((each) => each === event.target.value)
                if (aspect !== undefined) put(index, sameAs(original, aspect))
              }}
            >
              {withOwn(offered, change.aspect).map((aspect) => (
                <option key={aspect} value={aspect}>
                  {aspectLabel(aspect)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Control
          key={change.aspect}
          id={`${id}-to`}
          change={change}
          coverage={coverage}
          near={change.aspect === 'what' && change.kind !== original.kind ? [] : near}
          onChange={(next) => put(index, next)}
        />
        {changes.length > 1 && (
          <Button
            variant="quiet"
            onClick={() => onChange({ ...alternative, changes: changes.toSpliced(index, 1) })}
          >
            Leave as first asked: {aspectLabel(change.aspect)}
          </Button>
        )}
      </div>
    )
  })
}

const withOwn = (offered: readonly Aspect[], own: Aspect): readonly Aspect[] =>
  offered.includes(own) ? offered : [own, ...offered]

interface ControlProps {
  readonly id: string
  readonly change: Change
  readonly coverage: CoverageView
  readonly near: readonly OrderItem[]
  readonly onChange: (change: Change) => void
}

function Control({ id, change, coverage, near, onChange }: ControlProps) {
  if ('entry' in change) return <CodeChange id={id} change={change} near={near} onChange={onChange} />
  if ('text' in change)
    return (
      <TextChange
        id={id}
        aspect={change.aspect}
        value={change.text}
        coverage={coverage}
        onChange={(text) => onChange({ ...change, text })}
      />
    )
  return (
    <PartySearch
      id={id}
      label={aspectLabel(change.aspect)}
      types={partyAspects[change.aspect].types}
      value={change.party}
      onChange={(party) => onChange({ ...change, party })}
    />
  )
}
