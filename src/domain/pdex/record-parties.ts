import { codes } from '../fhir/coding'
import { literal, type References } from '../fhir/references'
import { type FhirJson, isObject, type JsonObject, objects, text } from '../json'
import type { HistoryType } from './history-types'
import { type Party, partyMatch, partyOf } from './reconcile-parties'
import type { HistoryRecord } from './record'

export const PARTY_KINDS = ['organization', 'practitioner', 'location'] as const

export type PartyKind = (typeof PARTY_KINDS)[number]

/** Who made a record, or where: what it can be left out by (PDex facts 5). */
export type RecordParties = Readonly<Record<PartyKind, readonly Party[]>>

/** Where a type names them, and what stands there where the reference does not say. */
const FIELDS: Readonly<Record<HistoryType, readonly (readonly [path: string, kind: PartyKind])[]>> = {
  Condition: [
    ['recorder', 'practitioner'],
    ['asserter', 'practitioner'],
  ],
  MedicationRequest: [['requester', 'practitioner']],
  MedicationDispense: [
    ['performer.actor', 'organization'],
    ['location', 'location'],
  ],
  AllergyIntolerance: [
    ['recorder', 'practitioner'],
    ['asserter', 'practitioner'],
  ],
  Procedure: [
    ['performer.actor', 'practitioner'],
    ['performer.onBehalfOf', 'organization'],
    ['location', 'location'],
  ],
  Encounter: [
    ['participant.individual', 'practitioner'],
    ['serviceProvider', 'organization'],
    ['location.location', 'location'],
  ],
  Immunization: [
    ['performer.actor', 'practitioner'],
    ['location', 'location'],
  ],
  Observation: [['performer', 'practitioner']],
  DiagnosticReport: [
    ['performer', 'organization'],
    ['resultsInterpreter', 'practitioner'],
  ],
  DocumentReference: [
    ['author', 'practitioner'],
    ['custodian', 'organization'],
  ],
  ExplanationOfBenefit: [
    ['provider', 'organization'],
    ['careTeam.provider', 'practitioner'],
    ['facility', 'location'],
    ['item.locationReference', 'location'],
  ],
  CarePlan: [
    ['author', 'practitioner'],
    ['contributor', 'practitioner'],
  ],
  CareTeam: [
    ['participant.member', 'practitioner'],
    ['managingOrganization', 'organization'],
  ],
  Goal: [['expressedBy', 'practitioner']],
  ServiceRequest: [
    ['requester', 'practitioner'],
    ['performer', 'practitioner'],
    ['locationReference', 'location'],
  ],
  Device: [['owner', 'organization']],
  MedicationStatement: [['informationSource', 'practitioner']],
  Specimen: [['collection.collector', 'practitioner']],
  QuestionnaireResponse: [['author', 'practitioner']],
  Coverage: [['payor', 'organization']],
  Consent: [
    ['performer', 'practitioner'],
    ['organization', 'organization'],
  ],
  RelatedPerson: [],
}

const isHistoryType = (type: string): type is HistoryType => Object.hasOwn(FIELDS, type)

/** PDex: claims often name only the organization, and that in the Provenance. */
const AUTHORS: readonly string[] = ['author', 'source', 'composer']

interface Found {
  readonly kind: PartyKind
  readonly party: Party
}

/** The practitioners, organizations and places of one record, those of its Provenance's authors too. */
export function recordParties(
  { resource, provenance }: HistoryRecord,
  references: References,
): RecordParties {
  const fields = isHistoryType(resource.resourceType) ? FIELDS[resource.resourceType] : []
  const found = [
    ...fields.flatMap(([path, kind]) =>
      valuesAt(resource, path).flatMap((reference) => named(reference, kind, references, resource)),
    ),
    ...provenance.resources.flatMap((own) =>
      authors(own).flatMap((reference) => named(reference, 'organization', references, own)),
    ),
  ]
  const of = (kind: PartyKind): readonly Party[] => found.filter((f) => f.kind === kind).map((f) => f.party)
  return { organization: of('organization'), practitioner: of('practitioner'), location: of('location') }
}

const authors = (provenance: FhirJson): readonly JsonObject[] =>
  objects(provenance, 'agent')
    .filter(({ type, role }) =>
      [type, ...(Array.isArray(role) ? role : [])].flatMap(codes).some(({ code }) => AUTHORS.includes(code)),
    )
    .flatMap(({ who, onBehalfOf }) => [who, onBehalfOf])
    .filter(isObject)

/** The objects at a path; lists on the way are walked through. */
const valuesAt = (resource: FhirJson, path: string): readonly JsonObject[] =>
  path
    .split('.')
    .reduce<readonly JsonObject[]>((here, step) => here.flatMap((value) => objects(value, step)), [resource])

/** Who a reference names. A role stands for its person, its organization and its places; a place also for who runs it. */
function named(
  reference: unknown,
  otherwise: PartyKind,
  references: References,
  container: FhirJson,
): readonly Found[] {
  const target = references.find(reference, container)
  const type = target?.resourceType ?? literal(text(reference, 'reference'))?.type ?? text(reference, 'type')
  const one = (kind: PartyKind, at: unknown, inside: FhirJson): readonly Found[] =>
    isObject(at) ? [{ kind, party: partyOf(at, references, inside) }] : []
  switch (type) {
    case 'Practitioner':
      return one('practitioner', reference, container)
    case 'Organization':
      return one('organization', reference, container)
    case 'Location':
      return [
        ...one('location', reference, container),
        ...(target ? one('organization', target.managingOrganization, target) : []),
      ]
    case 'PractitionerRole':
      return target === undefined
        ? one('practitioner', reference, container)
        : [
            ...one('practitioner', target.practitioner, target),
            ...one('organization', target.organization, target),
            ...objects(target, 'location').flatMap((place) => one('location', place, target)),
          ]
    case undefined:
      return one(otherwise, reference, container)
    default:
      // The patient, a relative, a device: nobody that a record is left out by.
      return []
  }
}

/** One whom records can be left out by, with how many name them. */
export interface KnownParty {
  readonly kind: PartyKind
  /** Stays the same while more is read. */
  readonly key: string
  readonly party: Party
  readonly count: number
}

const keyOf = (kind: PartyKind, { npi, identifiers, name }: Party): string =>
  `${kind} ${npi[0] ?? identifiers[0] ?? name ?? ''}`

/** All who occur, most records first. One known by name alone is counted with the one whose name it is. */
export function knownParties(parties: Iterable<RecordParties>): readonly KnownParty[] {
  const known = new Map<string, KnownParty>()
  for (const one of parties)
    for (const kind of PARTY_KINDS) {
      // A record that names somebody twice is one record.
      const seen = new Map(one[kind].map((party) => [keyOf(kind, party), party]))
      for (const [key, party] of seen)
        known.set(key, {
          kind,
          key,
          party: known.get(key)?.party ?? party,
          count: (known.get(key)?.count ?? 0) + 1,
        })
    }
  const whole: KnownParty[] = []
  const bare: KnownParty[] = []
  for (const each of known.values()) (each.party.npi.length > 0 ? whole : bare).push(each)
  for (const each of bare) {
    const at = whole.findIndex(({ kind, party }) => kind === each.kind && partyMatch(party, each.party))
    const found = whole[at]
    if (found === undefined) whole.push(each)
    else whole[at] = { ...found, count: found.count + each.count }
  }
  return whole
    .filter(({ key, kind }) => key !== `${kind} `)
    .toSorted((a, b) => b.count - a.count || (a.party.label ?? '').localeCompare(b.party.label ?? ''))
}
