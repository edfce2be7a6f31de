import { literal, referenceSet } from '../fhir/references'
import { hasRight } from '../fhir/scopes'
import { type FhirJson, isObject, text } from '../json'
import type { EhrPort } from '../ports'
import type { ChartContext, Session } from '../session'
import { type Party, partyOf } from './reconcile-parties'

/** The organizations that the user works for, and who says so: the user's roles, else the patient's chart. */
export interface OwnOrganization {
  readonly parties: readonly Party[]
  readonly from: 'role' | 'chart'
}

/**
 * Whose records "my organization" means (PDex §391): what the launching user's PractitionerRole names; where the EHR has none or does
 * not share it, what the chart names as the patient's managing organization. Undefined where neither does. What cannot be read is
 * known by its name alone.
 */
export async function readOwnOrganization(
  ehr: EhrPort,
  { session, chart }: { readonly session: Session; readonly chart: ChartContext },
  signal: AbortSignal,
): Promise<OwnOrganization | undefined> {
  const may = (type: string): boolean =>
    hasRight(session.scopes, type, 's') || hasRight(session.scopes, type, 'r')
  const read = async (type: string, id: string): Promise<FhirJson | undefined> => {
    if (!may(type)) return undefined
    const result = await ehr.read(type, id, { signal })
    return result.ok ? result.value : undefined
  }
  const roles = async (): Promise<readonly FhirJson[]> => {
    const user = literal(session.fhirUser)
    if (user === undefined) return []
    if (user.type === 'PractitionerRole')
      return [await read(user.type, user.id)].filter((role) => role !== undefined)
    if (user.type !== 'Practitioner' || !may('PractitionerRole')) return []
    const found = await ehr.search('PractitionerRole', [['practitioner', `Practitioner/${user.id}`]], {
      signal,
    })
    return found.ok
      ? found.value.matches.filter(
          ({ resourceType, active }) => resourceType === 'PractitionerRole' && active !== false,
        )
      : []
  }
  const parties = async (
    named: readonly (readonly [reference: unknown, container: FhirJson])[],
  ): Promise<readonly Party[]> =>
    Promise.all(
      named
        .filter(([reference]) => isObject(reference))
        .map(async ([reference, container]) => {
          const target = literal(text(reference, 'reference'))
          const organization =
            target?.type === 'Organization' ? await read(target.type, target.id) : undefined
          const references = referenceSet(session.fhirBase)
          if (organization) references.add(organization)
          return partyOf(reference, references, container)
        }),
    )
  const isKnown = ({ npi, identifiers, name }: Party): boolean =>
    npi.length > 0 || identifiers.length > 0 || name !== undefined

  const own = (await parties((await roles()).map((role) => [role.organization, role] as const))).filter(
    isKnown,
  )
  if (own.length > 0) return { parties: own, from: 'role' }
  const { patient } = chart
  const keepers = (await parties([[patient.managingOrganization, patient]])).filter(isKnown)
  return keepers.length > 0 ? { parties: keepers, from: 'chart' } : undefined
}
