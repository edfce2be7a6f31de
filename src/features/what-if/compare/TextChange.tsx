import { Field } from '../../../ui'
import type { CoverageView } from '../../asking/coverage-view'
import { type Choice, type TextAspect, textAspects } from './text-aspects'

interface Props {
  readonly id: string
  readonly aspect: TextAspect
  readonly value: string
  readonly coverage: CoverageView
  readonly onChange: (value: string) => void
}

/** A day, a number, words, or one of a list. */
export function TextChange({ id, aspect, value, coverage, onChange }: Props) {
  const { label, control: kind } = textAspects[aspect]
  const choices =
    kind === 'coverage' ? coverageChoices(coverage) : typeof kind === 'object' ? kind : undefined
  return (
    <Field id={id} label={label}>
      {(control) =>
        choices === undefined ? (
          <input
            {...control}
            type={kind === 'date' || kind === 'time' ? kind : 'text'}
            {...(kind === 'number' && { inputMode: 'decimal' as const })}
            autoComplete="off"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
            {withOwn(choices, value).map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.words}
              </option>
            ))}
          </select>
        )
      }
    </Field>
  )
}

/** A value of the form that is none of the list. */
const withOwn = (choices: readonly Choice[], value: string): readonly Choice[] =>
  choices.some((choice) => choice.value === value) ? choices : [{ value, words: value }, ...choices]

const coverageChoices = (view: CoverageView): readonly Choice[] => [
  { value: '', words: 'The likely primary one' },
  ...(view.kind === 'read' ? view.active : []).map(({ id, name, memberId }) => ({
    value: id,
    words: memberId === undefined ? name : `${name}, member ${memberId}`,
  })),
]
