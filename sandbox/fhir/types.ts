import type { Resource } from 'fhir/r4'
import type { Refusal } from './refusal'

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
  /** The only search parameters of the type (`_count` and the like apart); undefined = all that the server knows. */
  readonly searchParams?: readonly string[]
}

/** What a rule about a resource to be written may look at besides the resource. */
export interface WriteSite {
  readonly caller: Caller
  /** A stored resource by `Type/id`. */
  readonly find: (reference: string | undefined) => Stored | undefined
}

/** What a whole FHIR endpoint offers. `types` missing a resource type = that type is not served at all (404). */
export interface Offer {
  readonly name: string
  readonly types: Readonly<Record<string, TypeRules>>
  readonly batch: boolean
  readonly transaction: boolean
  readonly everything: boolean
  /** Further refusals, e.g. attachments this EHR does not take. A text is that of a 422; undefined = accepted. */
  readonly refuse?: (resource: Resource, site: WriteSite) => string | Refusal | undefined
  /** What is stored of what was sent, where that is less; default all of it. */
  readonly keep?: (resource: Resource) => Resource
  /** `empty`: a write is answered without a body, whatever Prefer says. */
  readonly answers?: 'empty'
  /** How `Location` is written; default absolute. */
  readonly location?: 'relative'
  /** 403 comes without a body. */
  readonly silentForbidden?: boolean
}

/**
 * Who calls, as the token says. `patient` is the patient in context: scopes that begin with `patient/` reach that compartment only (and nothing without
 * a patient); `user/` and `system/` scopes reach everything.
 */
export interface Caller {
  readonly scopes: readonly string[]
  readonly patient?: string
  /** `Type/id` of who is signed in. */
  readonly user?: string
}
