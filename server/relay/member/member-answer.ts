import { literal } from '../../../src/domain/fhir/references'
import {
  type FhirJson,
  isObject,
  isResource,
  type JsonObject,
  list,
  objects,
  text,
} from '../../../src/domain/json'
import { isShared } from './member-request'

/** Patients that an answer is about, by id: as its own resources, and as whose records there are. */
export function patientsIn(json: unknown): readonly string[] {
  return [...new Set(resourcesIn(json).flatMap(patientsOf))]
}

/** The Patients that an answer itself brings. */
export const patientResources = (json: unknown): readonly FhirJson[] =>
  resourcesIn(json).filter(({ resourceType }) => resourceType === 'Patient')

const resourcesIn = (json: unknown): readonly FhirJson[] =>
  (isObject(json) && json.resourceType === 'Bundle'
    ? objects(json, 'entry').map(({ resource }) => resource)
    : [json]
  ).filter(isResource)

/** Ids alone: behind a gateway a payer gives its Patients another address. */
function patientsOf(resource: FhirJson): readonly string[] {
  if (resource.resourceType === 'Patient') return resource.id === undefined ? [] : [resource.id]
  return ['patient', 'subject', 'beneficiary', 'for'].flatMap((element) =>
    list(resource, element).flatMap((each) => {
      const target = literal(text(each, 'reference'))
      return target?.type === 'Patient' ? [target.id] : []
    }),
  )
}

export interface Kept {
  readonly json: JsonObject
  /** `Type/id` of what is given. */
  readonly names: readonly string[]
  /** Entries that are about somebody else. */
  readonly left: number
}

/**
 * An answer without the records of other people. What names nobody stays, for it came with a search for the member; the app sets it
 * aside. Undefined where nothing of a single record may be given. `pageUrl`: the relay's own address for a further page.
 */
export function ownRecords(
  json: unknown,
  isMember: (patientId: string) => boolean,
  pageUrl: (next: string) => string,
): Kept | undefined {
  if (!isResource(json)) return undefined
  const isOwn = (resource: FhirJson): boolean => patientsOf(resource).every(isMember)
  if (json.resourceType !== 'Bundle') {
    const isAbout = isShared(json.resourceType) || patientsOf(json).length > 0
    return isAbout && isOwn(json) ? { json, names: namesOf([json]), left: 0 } : undefined
  }
  const entries = list(json, 'entry')
  const own = entries.filter((entry) => {
    const resource = isObject(entry) ? entry.resource : undefined
    // An entry that is no resource is told by the app as unreadable. Nothing of it is given.
    return !isResource(resource) || (resource.resourceType !== 'Bundle' && isOwn(resource))
  })
  const left = entries.length - own.length
  const next = text(
    objects(json, 'link').find(({ relation }) => relation === 'next'),
    'url',
  )
  const self = objects(json, 'link').filter(({ relation }) => relation === 'self')
  return {
    json: {
      ...json,
      // `self` says what the payer understood; nobody goes there. Other links lead nowhere from here.
      link: [...self, ...(next === undefined ? [] : [{ relation: 'next', url: pageUrl(next) }])],
      entry: [
        ...own.map((entry) => (isObject(entry) && isResource(entry.resource) ? entry : {})),
        ...(left === 0 ? [] : [leftOut(left)]),
      ],
    },
    names: namesOf(resourcesIn({ ...json, entry: own })),
    left,
  }
}

const leftOut = (count: number): JsonObject => ({
  resource: {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'warning',
        code: 'suppressed',
        diagnostics: `${count} ${count === 1 ? 'record' : 'records'} of other people came along and ${count === 1 ? 'was' : 'were'} left out by this site’s relay.`,
      },
    ],
  },
  search: { mode: 'outcome' },
})

const namesOf = (resources: readonly FhirJson[]): readonly string[] =>
  resources.flatMap(({ resourceType, id }) => (id === undefined ? [] : [`${resourceType}/${id}`]))
