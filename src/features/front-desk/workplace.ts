import { type FhirJson, objects, text } from '../../domain/json'
import type { EhrPort } from '../../domain/ports'
import type { PartyEntry } from '../asking/entries'

/** The place at which the user works, where their roles name one alone: what is asked about mostly happens there. */
export async function readWorkplace(
  ehr: EhrPort,
  roles: readonly FhirJson[] | undefined,
): Promise<PartyEntry | undefined> {
  const places = (roles ?? []).flatMap((role) => objects(role, 'location'))
  const [place, ...more] = places
  const reference = text(place, 'reference')
  const id = /^Location\/([A-Za-z0-9\-.]{1,64})$/.exec(reference ?? '')?.[1]
  if (reference === undefined || id === undefined || more.length > 0) return undefined
  const said = text(place, 'display')
  if (said !== undefined) return { reference, text: said }
  const location = await ehr.read('Location', id)
  return { reference, text: (location.ok && text(location.value, 'name')) || 'Your place of work' }
}
