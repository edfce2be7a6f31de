import type { Resource } from 'fhir/r4'

export type { Resource }

/** A resource as stored: id and meta are always there. */
export type Stored = Resource & {
  readonly id: string
  readonly meta: { readonly versionId: string; readonly lastUpdated: string }
}

/** What a personality lets clients do with one resource type; the CapabilityStatement is made from it, and requests are held to it. */
export interface TypeRules {
  readonly interactions: readonly ('read' | 'vread' | 'search-type' | 'create' | 'update' | 'delete')[]
  readonly conditionalCreate: boolean
}

/** What a whole FHIR endpoint offers. `types` missing a resource type = that type is not served at all (404). */
export interface Offer {
  readonly name: string
  readonly types: Readonly<Record<string, TypeRules>>
  readonly batch: boolean
  readonly transaction: boolean
  readonly everything: boolean
  /** Further refusals, e.g. attachments this EHR does not take. Returns the text of the 422, or undefined to accept. */
  readonly refuse?: (resource: Resource) => string | undefined
}

/**
 * Who calls, as the token says. `patient` is the patient in context: scopes that begin with `patient/` reach that compartment only (and nothing without
 * a patient); `user/` and `system/` scopes reach everything.
 */
export interface Caller {
  readonly scopes: readonly string[]
  readonly patient?: string
}
