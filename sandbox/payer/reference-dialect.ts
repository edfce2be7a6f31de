import { type CardDesk, card } from './cards'
import { COVERAGE_INFORMATION } from './coverage-information'
import { isObject, type JsonObject, objectsIn } from './json'
import type { Assertion } from './rules'
import { referenceTo } from './suggestions'

const CARD_TYPE = 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/cardType'
const COVERAGE_INFO = 'http://hl7.org/fhir/us/davinci-crd/ValueSet/coverageInfo'

/** One code for the whole answer, where the guide has several elements. */
function infoCode({ covered, paNeeded }: Assertion): string {
  if (covered !== 'covered') return covered
  return paNeeded === 'no-auth' ? 'no-auth' : (paNeeded ?? 'covered')
}

/** The extension as the field's reference payer writes it: a Coding `coverageInfo`, an `identifier`, and no `covered` (CRD facts B2.5). */
function oddInformation(assertion: Assertion, coverage: string, today: string, id: string): JsonObject {
  return {
    url: COVERAGE_INFORMATION,
    extension: [
      { url: 'coverageInfo', valueCoding: { system: COVERAGE_INFO, code: infoCode(assertion) } },
      { url: 'coverage', valueReference: { reference: coverage } },
      { url: 'date', valueDate: today },
      { url: 'identifier', valueString: id },
    ],
  }
}

/** The card with which it tells about coverage: the order with its extension as a suggestion, without uuid. */
export function oddCoverageCard(
  order: JsonObject,
  assertions: readonly Assertion[],
  coverage: string,
  desk: CardDesk,
): JsonObject {
  const extension = [
    ...objectsIn(order.extension),
    ...assertions.map((assertion) => oddInformation(assertion, coverage, desk.today, desk.newId())),
  ]
  return card(desk, 'coverage-info', referenceTo(order), {
    summary: 'Coverage requirements found',
    indicator: 'info',
    detail: 'Save the update to keep the coverage requirements with the order.',
    suggestions: [
      {
        label: 'Save Update To EHR',
        isRecommended: true,
        actions: [
          { type: 'update', description: 'Update original resource', resource: { ...order, extension } },
        ],
      },
    ],
  })
}

/** Its cards: no ids, topics of a system of its own, the association under either key with plain strings. */
function odd(content: JsonObject, index: number): JsonObject {
  const { uuid: _, extension, source, suggestions, ...rest } = content
  const [about] = Object.values(isObject(extension) ? extension : {})
  const references = (Array.isArray(about) ? about : []).map((one) => (isObject(one) ? one.reference : one))
  // The reference payer uses the old key, its successor the new one; both with plain strings.
  const key = index % 2 === 0 ? 'davinci-associated-resource' : 'davinci-crd.associated-resource'
  const { topic, ...from } = isObject(source) ? source : {}
  return {
    ...rest,
    source: { ...from, ...(isObject(topic) ? { topic: { ...topic, system: CARD_TYPE } } : {}) },
    ...(references.length > 0 ? { extension: { [key]: references } } : {}),
    ...(suggestions
      ? { suggestions: objectsIn(suggestions).map(({ uuid: __, ...suggestion }) => suggestion) }
      : {}),
  }
}

/** The whole answer in that payer's shapes: its system actions are the actions of all suggestions, and where there are none, a `create` of everything that was sent. */
export function inReferenceDialect(
  cards: readonly JsonObject[],
  sent: readonly JsonObject[],
): { readonly cards: readonly JsonObject[]; readonly systemActions: readonly JsonObject[] } {
  const actions = cards.flatMap(({ suggestions }) =>
    objectsIn(suggestions).flatMap((s) => objectsIn(s.actions)),
  )
  const creates = sent.map((resource) => ({
    type: 'create',
    description: `Store ${String(resource.resourceType)}`,
    resource,
  }))
  return { cards: cards.map(odd), systemActions: actions.length > 0 ? actions : creates }
}
