import type { JsonObject } from './json'

export interface PayerIdentifier {
  readonly system: string
  readonly value: string
}

/**
 * How requests to this payer's FHIR API are authorized. `proxy`: the site's own reverse proxy adds the credential. `launch`: the
 * payer's message brings a token (appContext). `smart`: the user signs in at the payer (SMART 2.2 standalone launch).
 */
export type PayerAuthorization = 'open' | 'proxy' | 'launch' | 'smart'

/** A payer of the site's configuration. Only these are ever called. URLs are absolute and without a slash at the end. */
export interface Payer {
  readonly id: string
  /** As on the member card. */
  readonly name: string
  /** What `Coverage.payor` → Organization.identifier carries. */
  readonly identifiers: readonly PayerIdentifier[]
  /** CDS Hooks base: discovery is at `{cdsBase}/cds-services`. */
  readonly cdsBase?: string
  readonly fhirBase?: string
  /** Where the site's relay passes requests to `fhirBase` on. The relay itself states it. */
  readonly recordsVia?: string
  readonly authorization: PayerAuthorization
  /** As registered at this payer (public client); with `smart` only, like the next two. */
  readonly clientId?: string
  readonly scopes?: string
  /** Hosts of its sign-in besides that of `fhirBase`. No other is led to or called. */
  readonly origins?: readonly string[]
  /** Help line for people, as shown. */
  readonly phone?: string
  /** Asked without what identifies the patient, always (CRD 1.1 "PHI and Hook Invocation"). */
  readonly deIdentified?: boolean
  /** The site switched CDS Hooks feedback on: this payer is told what became of its cards. */
  readonly feedback?: boolean
  /** Its `$member-match` demands CoverageToLink, which HRex has for payers alone: it gets the coverage to match once more. */
  readonly coverageToLink?: boolean
}

/** One payer as the configuration file lists it is found by what a Coverage says of its payor. */
export function payerByIdentifier(
  payers: readonly Payer[],
  identifiers: readonly PayerIdentifier[],
): Payer | undefined {
  return payers.find((payer) =>
    payer.identifiers.some((own) =>
      identifiers.some((i) => i.system === own.system && i.value === own.value),
    ),
  )
}

/** The payer whose FHIR base is this URL, to the letter but for a slash at the end. */
export function payerByFhirBase(payers: readonly Payer[], url: string): Payer | undefined {
  const wanted = url.replace(/\/+$/, '')
  return payers.find((payer) => payer.fhirBase === wanted)
}

/** Identifiers in a FHIR `Identifier` list, as far as they can be read. */
export function readIdentifiers(value: readonly JsonObject[]): readonly PayerIdentifier[] {
  return value.flatMap((i) =>
    typeof i.system === 'string' && typeof i.value === 'string' ? [{ system: i.system, value: i.value }] : [],
  )
}
