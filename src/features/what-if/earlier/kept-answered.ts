import type { InvocationRecord } from '../../../domain/audit'
import { keptAnswer } from '../../../domain/audit-record'
import type { PayerAnswer } from '../../../domain/crd/ask'
import { payerText } from '../../../domain/crd/payer-text'
import { additionRows, draftName } from '../../../domain/crd/suggestion-words'
import { at, type FhirJson, isObject, isResource, objects } from '../../../domain/json'
import type { Payer } from '../../../domain/payer-directory'
import { ok, type Result } from '../../../domain/result'
import type { QuestionLine } from '../../asking/asked-question'
import type { Answered } from '../../asking/use-ask'
import { frameOf, hookWords } from './words'

/** What was asked about, in words, as it stood in the request. */
export function keptQuestion({ entry, payload }: InvocationRecord): readonly QuestionLine[] {
  const orders = payload.orders.filter(isResource)
  const several = orders.length > 1
  return [
    { label: 'Kind of question', value: hookWords(entry.hook) },
    ...orders.flatMap((order) =>
      additionRows(order).map(({ label, after }) => ({
        label: several ? `${draftName(order)}: ${label}` : label,
        value: after,
      })),
    ),
    { label: 'Coverage', value: coverageWords({ entry, payload }) },
  ]
}

/** The plan by its name, where the request carries the coverage; else its reference in the chart. */
function coverageWords({ entry, payload }: InvocationRecord): string {
  const prefetch = at(payload.request, 'prefetch')
  const coverage = Object.values(isObject(prefetch) ? prefetch : {})
    .flatMap((value) => [value, ...objects(value, 'entry').map((each) => each.resource)])
    .filter(isResource)
    .find((resource) => `${resource.resourceType}/${resource.id}` === entry.coverage)
  return (coverage && planName(coverage)) ?? entry.coverage
}

function planName(coverage: FhirJson): string | undefined {
  const plan = objects(coverage, 'class').find((each) =>
    objects(each, 'type', 'coding').some((coding) => coding.code === 'plan'),
  )
  return payerText(plan?.name, 100)
}

/** A kept answer as it was shown then, read anew from what was kept. Fails `malformed` where there is none, or none that can be read. */
export function keptAnswered(record: InvocationRecord, payers: readonly Payer[]): Result<Answered> {
  const { entry, payload } = record
  const content = keptAnswer(record)
  if (!content.ok) return content
  const kind = entry.outcome === 'undecided' ? 'undecided' : 'answered'
  const answer: PayerAnswer = {
    ...frameOf(entry, payers),
    ...content.value,
    kind,
    response: payload.response,
  }
  return ok({
    question: { key: entry.id, scenarioVersion: 0, title: entry.title, lines: keptQuestion(record) },
    answer,
    orders: payload.orders.filter(isResource),
    // What it was put together from is not kept: nothing can be asked again from here.
    scenario: { version: 0, patientId: entry.patientId, orders: [] },
  })
}
