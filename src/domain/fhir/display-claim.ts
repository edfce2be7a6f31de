import { at, type FhirJson, type JsonObject, number, objects, text } from '../json'
import { isStated, said } from './code-words'
import { codes, hasCode } from './coding'
import { periodWords } from './display-value'
import { counted, joined, labelled, listed, shortened } from './phrase'
import { type References, referenceName } from './references'
import type { Section } from './section'

/** CARIN and PDex: `use` tells a bill from what was asked for beforehand. */
export const claimSection = (resource: FhirJson): Section =>
  resource.use === 'preauthorization' || resource.use === 'predetermination' ? 'authorizations' : 'claims'

/** "Institutional claim". */
export const claimKind = (resource: FhirJson): string | undefined => {
  const kind = said(resource.type)
  const subtype = said(resource.subType)?.toLowerCase()
  const noun = claimSection(resource) === 'claims' ? 'claim' : 'prior authorization'
  const words = joined([kind, noun, subtype && `(${subtype})`], ' ')
  return kind === undefined || words === undefined
    ? undefined
    : `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/**
 * What kind of claim, what was decided, its diagnoses, and its lines where they are several. Amounts are not told (PDex facts 5: cost
 * stays out by default).
 */
export function claimDetail(resource: FhirJson, references: References): string | undefined {
  const lines = objects(resource, 'item')
  const isAuthorization = claimSection(resource) === 'authorizations'
  const named = listed(lines.map((line) => said([line.productOrService, line.revenue].find(isStated))))
  return joined([
    claimKind(resource),
    ...(isAuthorization ? decision(resource) : []),
    ...supporting(resource),
    labelled('for', listed(diagnoses(resource))),
    lines.length > 1 ? joined([`${lines.length} lines`, named], ': ') : undefined,
    labelled('refused:', listed(refusals(resource))),
    labelled(
      'care team:',
      listed(objects(resource, 'careTeam').map((each) => carer(each, resource, references))),
    ),
  ])
}

/** Who did what; whose name is not known is not counted. */
function carer(member: JsonObject, resource: FhirJson, references: References): string | undefined {
  const name = referenceName(member.provider, references, resource)
  const role = said(member.role)?.toLowerCase()
  return name && joined([name, role && `(${role})`], ' ')
}

/** CARIN's supporting information that says something of the care: a stay, a fill. The rest is about billing. */
function supporting(resource: FhirJson): readonly (string | undefined)[] {
  const of = (category: string): JsonObject | undefined =>
    objects(resource, 'supportingInfo').find((each) => hasCode(each.category, category))
  const days = number(of('dayssupply'), 'valueQuantity', 'value')
  const refill = number(of('refillnum'), 'valueQuantity', 'value')
  return [
    labelled('stay', periodWords(of('admissionperiod')?.timingPeriod)),
    labelled('discharge:', said(of('discharge-status')?.code)),
    days === undefined ? undefined : `${counted(days, 'day')} of supply`,
    refill === undefined || refill === 0 ? undefined : `refill ${refill}`,
  ]
}

/** The principal diagnosis first. */
function diagnoses(resource: FhirJson): readonly (string | undefined)[] {
  const isPrincipal = (diagnosis: JsonObject): boolean =>
    objects(diagnosis, 'type').some((type) => hasCode(type, 'principal'))
  const all = objects(resource, 'diagnosis')
  return [...all.filter(isPrincipal), ...all.filter((each) => !isPrincipal(each))].map((each) =>
    said(each.diagnosisCodeableConcept),
  )
}

/** PDex prior authorization: what the payer decided, under which number, for how long. */
function decision(resource: FhirJson): readonly (string | undefined)[] {
  const lines = objects(resource, 'item')
  const reviews = [resource, ...lines]
    .flatMap((each) => objects(each, 'adjudication'))
    .flatMap((adjudication) => extensions(adjudication, 'extension-reviewAction'))
  const decided = reviews.map((review) =>
    said(extensions(review, 'reviewActionCode')[0]?.valueCodeableConcept),
  )
  const numbers = [
    ...reviews.flatMap((review) => extensions(review, 'number').map((each) => text(each, 'valueString'))),
    ...(Array.isArray(resource.preAuthRef) ? resource.preAuthRef : []).map((each) => text(each)),
  ]
  const periods = [
    ...objects(resource, 'preAuthRefPeriod'),
    ...lines.flatMap((line) => extensions(line, 'PreauthPeriod').map((each) => each.valuePeriod)),
  ]
  const disposition = text(resource, 'disposition')
  return [
    labelled('decision:', listed(decided)),
    labelled('number', listed(numbers)),
    labelled('valid', listed(periods.map(periodWords))),
    disposition && shortened(disposition),
  ]
}

/** Why a line was not paid: CARIN's adjudication `denialreason`. */
const refusals = (resource: FhirJson): readonly (string | undefined)[] =>
  [resource, ...objects(resource, 'item')]
    .flatMap((each) => objects(each, 'adjudication'))
    .filter((each) => codes(each.category).some((code) => code.code === 'denialreason'))
    .map((each) => said(each.reason))

const extensions = (element: JsonObject, name: string): readonly JsonObject[] =>
  objects(at(element, 'extension')).filter((each) => {
    const url = text(each, 'url')?.toLowerCase()
    return url === name.toLowerCase() || url?.endsWith(name.toLowerCase()) === true
  })
