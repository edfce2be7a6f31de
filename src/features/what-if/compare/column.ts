import type { Scenario } from '../../../domain/crd/scenario'
import { formatDate } from '../../../ui'
import type { AskedQuestion } from '../../asking/asked-question'
import { type CoverageView, coverageNameOf } from '../../asking/coverage-view'
import { type FormValues, isPaidByPatient } from '../form-values'
import { orderErrors } from '../order-errors'
import { askedQuestion } from '../question-words'
import { type ScenarioFacts, toScenario } from '../to-scenario'
import { labelOf, toldApart, valuesOf } from './alternatives'
import type { CompareDraft } from './compare-draft'

/** Id of the first column. */
export const ORIGINAL = 'original'

/** One way of doing it as a question. */
export interface Column {
  /** `original`, or the alternative's. */
  readonly id: string
  readonly label: string
  readonly values: FormValues
  /** Equal for equal questions, also with the form's. */
  readonly key: string
  /** Numbered when it is asked. */
  readonly scenario: Scenario
  /** What keeps it from being asked, in sentences. */
  readonly errors: readonly string[]
  /** The patient pays: nobody is asked (CRD dev-26). */
  readonly isPaid: boolean
}

/** What columns are made of besides the draft. */
export interface ColumnFacts {
  readonly facts: ScenarioFacts
  readonly configurationVersion: number
  readonly coverage: CoverageView
}

/** The original and its alternatives as questions, in their order. */
export function columnsOf(draft: CompareDraft, around: ColumnFacts): readonly Column[] {
  const { original, alternatives } = draft
  const name = (id: string): string => coverageName(around.coverage, id)
  const labels = toldApart([
    'As first asked',
    ...alternatives.map((each, index) => labelOf(original, each, index + 1, name)),
  ])
  const ways = [
    { id: ORIGINAL, values: original },
    ...alternatives.map((each) => ({ id: each.id, values: valuesOf(original, each) })),
  ]
  const columns = ways.map(({ id, values }, index) => {
    const scenario = toScenario(values, around.facts)
    return {
      id,
      label: labels[index] ?? '',
      values,
      key: JSON.stringify([scenario, around.configurationVersion, draft.asksOthers]),
      scenario,
      errors: orderErrors(values, scenario).map(({ message }) => message),
      isPaid: isPaidByPatient(values),
    }
  })
  return columns.map((column, index) => {
    const same = columns.slice(0, index).find((each) => each.key === column.key)
    return same === undefined ? column : { ...column, errors: [...column.errors, sameQuestion(same.label)] }
  })
}

/** Asking the same thing twice would tell a payer twice and compare nothing. */
const sameQuestion = (label: string): string => `This is the same as “${label}”. Change something.`

/** A coverage for people; an empty id stands for the likely primary one. */
function coverageName(view: CoverageView, id: string): string {
  if (id === '') return 'the likely primary one'
  const found = view.kind === 'read' ? view.active.find((each) => each.id === id) : undefined
  return found?.name ?? 'one that is not active'
}

/** The question in words. `coverage`: the one that was asked about, once that is known. */
export function inWords(
  column: Column,
  version: number,
  around: ColumnFacts,
  coverage?: string,
): AskedQuestion {
  const { values } = column
  const name =
    coverage ??
    (values.coverageId === ''
      ? coverageNameOf(around.coverage)
      : coverageName(around.coverage, values.coverageId))
  return askedQuestion(values, {
    key: column.key,
    scenarioVersion: version,
    orderedBy: around.facts.user?.display ?? values.requester.text,
    reasons: around.facts.reasons
      .filter((reason) => values.reasons.includes(reason.reference))
      .map((reason) => reason.label),
    ...(name !== undefined && { coverage: name }),
    formatDate,
  })
}
