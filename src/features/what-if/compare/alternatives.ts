import type { FormValues } from '../form-values'
import { applyChange, type Change, changesNothing, sameAs } from './change'
import { changeWords } from './change-words'
import { offeredAspects } from './offered-aspects'

/** Another way of doing it: what is different from the question as it was first asked. */
export interface Alternative {
  readonly id: string
  /** One; a copy of another alternative has that one's besides. */
  readonly changes: readonly Change[]
}

/** Beside the original (U8). */
export const mostAlternatives = 5

/** The question that an alternative makes. */
export const valuesOf = (original: FormValues, alternative: Alternative): FormValues =>
  alternative.changes.reduce(applyChange, original)

/** A further alternative, or a copy of one, with one more thing that can be changed; as yet nothing of it is different. */
export function startAlternative(id: string, original: FormValues, copied?: Alternative): Alternative {
  const changes = copied?.changes ?? []
  const values = changes.reduce(applyChange, original)
  const free = offeredAspects(values).find((aspect) => !changes.some((each) => each.aspect === aspect))
  return { id, changes: free === undefined ? changes : [...changes, sameAs(values, free)] }
}

/** The changes that a question has a place for, one after the other. */
export function holding(original: FormValues, changes: readonly Change[]): readonly Change[] {
  let values = original
  return changes.filter((change) => {
    const holds = offeredAspects(values).includes(change.aspect)
    if (holds) values = applyChange(values, change)
    return holds
  })
}

/** What still can be said of a new original. */
export const carriedOver = (
  original: FormValues,
  alternatives: readonly Alternative[],
): readonly Alternative[] =>
  alternatives.flatMap(({ id, changes }) => {
    const kept = holding(original, changes)
    return kept.length === 0 ? [] : [{ id, changes: kept }]
  })

/** How an alternative is called: by what is different. `coverageName`: of a Coverage's id. */
export function labelOf(
  original: FormValues,
  { changes }: Alternative,
  position: number,
  coverageName: (id: string) => string,
): string {
  const words = changes.flatMap((change) =>
    changesNothing(original, change) ? [] : [changeWords(change, coverageName)],
  )
  return words.length === 0 ? `Alternative ${position}` : words.join('; ')
}

/** Names that are there twice get a number, so that columns can be told apart. */
export const toldApart = (labels: readonly string[]): readonly string[] =>
  labels.map((label, index) => {
    const before = labels.slice(0, index).filter((each) => each === label).length
    return before === 0 ? label : `${label} (${before + 1})`
  })
