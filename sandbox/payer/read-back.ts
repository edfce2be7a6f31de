import { at, type JsonObject, textOf } from './json'

const PATIENCE_MS = 2_000

/**
 * What a payer does that may read what its question held (CRD found-20): it looks at the patient and at the coverage once more. Only at
 * servers of sites that it knows, and what it finds decides nothing here: the answer is made from what was sent.
 */
export async function readBack(request: JsonObject, sites: readonly string[]): Promise<void> {
  const server = textOf(request.fhirServer)
  const token = textOf(at(request, 'fhirAuthorization', 'access_token'))
  const patient = textOf(at(request, 'context', 'patientId'))
  if (server === undefined || token === undefined || patient === undefined) return
  if (!sites.some((site) => server.startsWith(`${site}/`))) return
  const headers = { accept: 'application/fhir+json', authorization: `Bearer ${token}` }
  await Promise.allSettled(
    [`Patient/${patient}`, `Coverage?patient=${patient}`].map((path) =>
      fetch(`${server}/${path}`, { headers, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) }),
    ),
  )
}
