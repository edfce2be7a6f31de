import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import { type Refusal, refuse } from './refusal'

const hasCode = (concept: unknown, code: string): boolean =>
  objectsIn(at(concept, 'coding')).some((coding) => coding.code === code)

const POLICY = /hrex-consent\.html#(regular|sensitive)$/

/** Whether this sandbox can honour an HRex Consent; the refusal says what it cannot honour (HRex mm-12). `today` = YYYY-MM-DD. */
export function checkConsent(
  consent: JsonObject,
  today: string,
  policies: readonly string[],
): Refusal | undefined {
  const provision = consent.provision
  const missing = [
    ...(hasCode(consent.scope, 'patient-privacy') ? [] : ['scope patient-privacy']),
    ...(objectsIn(consent.category).some((category) => hasCode(category, 'IDSCL')) ? [] : ['category IDSCL']),
    ...(objectsIn(consent.performer).length > 0 ? [] : ['performer']),
    ...(isObject(consent.sourceReference) || isObject(consent.sourceAttachment) ? [] : ['source']),
    ...(objectsIn(consent.policy).some(({ uri }) => POLICY.test(textOf(uri) ?? ''))
      ? []
      : ['policy regular or sensitive']),
    ...(['performer', 'IRCP'].every((role) =>
      objectsIn(at(provision, 'actor')).some((actor) => hasCode(actor.role, role)),
    )
      ? []
      : ['provision.actor for the source and for the recipient']),
    ...(objectsIn(at(provision, 'action')).some((action) => hasCode(action, 'disclose'))
      ? []
      : ['provision.action disclose']),
  ]
  if (missing.length > 0) return refuse(422, 'required', `Consent lacks ${missing.join(', ')}`)
  const no = (why: string) => refuse(422, 'business-rule', `the consent cannot be honoured: ${why}`)
  if (consent.status !== 'active') return no(`its status is ${String(consent.status)}`)
  if (at(provision, 'type') !== 'permit') return no('it does not permit the disclosure')
  const policy = objectsIn(consent.policy).map(({ uri }) => POLICY.exec(textOf(uri) ?? '')?.[1] ?? '')
  if (!policy.some((each) => policies.includes(each)))
    return no(`the policy ${policy.join()} is not supported`)
  const [start, end] = [textOf(at(provision, 'period', 'start')), textOf(at(provision, 'period', 'end'))]
  if (!start || !end) return no('its period has no start or no end')
  return start.slice(0, 10) > today || end.slice(0, 10) < today
    ? no('today is outside of its period')
    : undefined
}
