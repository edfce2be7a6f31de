import type { Bundle } from 'fhir/r4'
import { outcome } from './refusal'
import type { FhirResponse } from './session'

/** Applies `Prefer: return=minimal|representation|OperationOutcome` to the answer of a write; representation is the default. */
export const applyPreference = (response: FhirResponse, method: string, prefer: string): FhirResponse => {
  const wanted = /return\s*=\s*(minimal|representation|OperationOutcome)/.exec(prefer)?.[1]
  if (wanted === undefined || wanted === 'representation' || method === 'GET') return response
  const { resource } = response
  if (resource?.resourceType === 'Bundle' && (resource as Bundle).type?.endsWith('-response')) {
    return { ...response, resource: withoutResources(resource as Bundle) }
  }
  // Only what was written has a Location: searches by POST keep their Bundle.
  if (response.headers.Location === undefined) return response
  const { status, headers } = response
  if (wanted === 'minimal') return { status, headers }
  const diagnostics = status === 201 ? 'Created' : 'Stored'
  return { status, headers, resource: outcome([{ code: 'informational', diagnostics }], 'information') }
}

/** Entries that wrote something keep their status and location only. */
const withoutResources = (bundle: Bundle): Bundle => ({
  ...bundle,
  ...(bundle.entry
    ? {
        entry: bundle.entry.map(({ resource, ...rest }) =>
          resource && !rest.response?.location ? { ...rest, resource } : rest,
        ),
      }
    : {}),
})
