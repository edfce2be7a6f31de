import type { FhirJson } from './json'

/** One entry of SMART 2.2 `fhirContext`. */
export interface LaunchContextItem {
  readonly reference?: string
  readonly canonical?: string
  readonly identifier?: unknown
  readonly type?: string
  readonly role?: string
}

/**
 * One launch: who, at which EHR, about whom, with which rights. Keyed by its own random key, so that two charts in two tabs or
 * frames never mix (SMART 2.2; PDex facts: session bleed).
 */
export interface Session {
  readonly key: string
  /** The EHR's name for people, from the configuration. */
  readonly ehrName: string
  /** FHIR base URL of the EHR, without a slash at its end. */
  readonly fhirBase: string
  readonly patientId: string
  readonly encounterId?: string
  /** Relative reference such as `Practitioner/123`; absent where the EHR names no user. */
  readonly fhirUser?: string
  /** Granted scopes, not the ones asked for. */
  readonly scopes: readonly string[]
  readonly intent?: string
  readonly fhirContext: readonly LaunchContextItem[]
  /** As the token response carried it: a string or an object, never trusted. */
  readonly appContext?: unknown
  /** SMART: absent means true. */
  readonly needPatientBanner: boolean
  readonly styleUrl?: string
}

/** A launch that names no patient: the front desk picks one for each question. */
export type OpenSession = Omit<Session, 'patientId' | 'encounterId'> & {
  /** Nothing but the user's role, which is still to be read, says that this is the front desk. */
  readonly needsRole?: true
}

/** How much longer the session lasts. Times in epoch milliseconds. */
export interface SessionLife {
  readonly expiresAt?: number
  readonly canRefresh: boolean
}

/** The people every screen needs, read once after launch. */
export interface ChartContext {
  readonly patient: FhirJson
  /** The launching user's resource, where the EHR lets us read it. */
  readonly user?: FhirJson
  /** The user's PractitionerRoles, where the site goes by them. */
  readonly userRoles?: readonly FhirJson[]
  /** By the site's list the user works at the front desk. */
  readonly isAtTheDesk?: boolean
}
