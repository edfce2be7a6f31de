import type { CrdVersion } from './hooks'
import type { JsonObject } from './json'
import type { FormRule } from './rules'
import { patientOf, referenceTo, type SuggestionDesk } from './suggestions'

const SDC = 'http://hl7.org/fhir/uv/sdc/CodeSystem/temp'
const TASK_TYPE_1_1 = 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/task-type'
const TEMP = 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp'

/** `Task.input.type`: words in CRD 1.1, codes later. */
const inputType = (version: CrdVersion, code: string): JsonObject =>
  version === '1.1' ? { text: code } : { coding: [{ system: SDC, code }] }

/** What the form is for, where the version's Task says so (CRD 2.0.1 profile-taskquestionnaire demands it). */
const afterCompletion = (version: CrdVersion): readonly JsonObject[] => {
  const include = {
    coding: [{ system: TEMP, code: 'prior-auth-include', display: 'Include in prior authorization' }],
  }
  if (version === '1.1') return [{ type: { text: 'afterCompletion' }, valueCodeableConcept: include }]
  if (version !== '2.0.1') return []
  return [
    { type: { coding: [{ system: TEMP, code: 'after-completion-action' }] }, valueCodeableConcept: include },
  ]
}

/** What a form needs besides its rule. */
export interface FormDesk extends SuggestionDesk {
  /** Questionnaires that the payer holds. */
  readonly questionnaires: readonly JsonObject[]
}

/** The actions that put a form on somebody's desk: the Questionnaire if it is not there yet, and the Task to complete it (CRD facts A7). */
export function formActions(rule: FormRule, order: JsonObject, desk: FormDesk): readonly JsonObject[] {
  const { version, questionnaires, today, newId } = desk
  const [url, formVersion] = rule.questionnaire.split('|')
  const form = questionnaires.find((candidate) => candidate.url === url && candidate.version === formVersion)
  const task = {
    resourceType: 'Task',
    id: newId(),
    basedOn: [{ reference: referenceTo(order) }],
    status: 'ready',
    intent: 'order',
    code: {
      coding: [{ system: version === '1.1' ? TASK_TYPE_1_1 : SDC, code: 'complete-questionnaire' }],
    },
    description: rule.task,
    for: patientOf(order, desk),
    authoredOn: today,
    reasonCode: { text: rule.why },
    input: [
      { type: inputType(version, 'questionnaire'), valueCanonical: rule.questionnaire },
      ...afterCompletion(version),
    ],
  }
  const create = { type: 'create', description: `Add the task: ${rule.task}`, resource: task }
  if (!form) return [create]
  const known = { 'davinci-crd.if-none-exist': `url=${url}&version=${formVersion}` }
  return [
    {
      type: 'create',
      description: `Add the form “${String(form.title)}” if it is not there yet`,
      resource: form,
      extension: known,
    },
    create,
  ]
}
