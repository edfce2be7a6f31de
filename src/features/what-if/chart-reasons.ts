import type { Reason } from '../../domain/crd/scenario'
import { conceptText, hasCode } from '../../domain/fhir/coding'
import { type FhirJson, list, objects, text } from '../../domain/json'
import type { CodeChoice } from '../../domain/ports'

/** A problem of the chart that an order may be for. */
export interface ChartReason {
  /** `Condition/id` */
  readonly reference: string
  readonly label: string
  readonly reason: Reason
}

const CLOSED = ['inactive', 'remission', 'resolved']
const WITHDRAWN = ['refuted', 'entered-in-error']

const isOpen = (condition: FhirJson): boolean =>
  !CLOSED.some((code) => hasCode(condition.clinicalStatus, code)) &&
  !WITHDRAWN.some((code) => hasCode(condition.verificationStatus, code))

const onProblemList = (condition: FhirJson): boolean =>
  list(condition, 'category').some((category) => hasCode(category, 'problem-list-item'))

/** Open problems, the problem list alone where there is one; the same problem once. Conditions that say nothing are left out. */
export function chartReasons(conditions: readonly FhirJson[]): readonly ChartReason[] {
  const open = conditions.filter((c) => c.resourceType === 'Condition' && isOpen(c))
  const listed = open.some(onProblemList) ? open.filter(onProblemList) : open
  const reasons = listed.flatMap((condition) => {
    const label = conceptText(condition.code)
    if (condition.id === undefined || label === undefined) return []
    const coding = objects(condition, 'code', 'coding').flatMap((c) => {
      const [system, code] = [text(c, 'system'), text(c, 'code')]
      return system === undefined || code === undefined
        ? []
        : [{ system, code, display: text(c, 'display') ?? '' }]
    })
    const reference = `Condition/${condition.id}`
    return [{ reference, label, reason: { reference, coding, text: label } }]
  })
  return reasons.filter((reason, i) => reasons.findIndex((r) => r.label === reason.label) === i)
}

/** Why, as a question says it: the chosen problems of the chart, then reasons by code. */
export const reasonsOf = (
  chosen: { readonly reasons: readonly string[]; readonly otherReasons: readonly CodeChoice[] },
  known: readonly ChartReason[],
): readonly Reason[] => [
  ...chosen.reasons.flatMap((reference) => {
    const found = known.find((reason) => reason.reference === reference)
    return found === undefined ? [] : [found.reason]
  }),
  ...chosen.otherReasons.map((code) => ({
    coding: [code],
    ...(code.display !== '' && { text: code.display }),
  })),
]
