import type { PersonDifference } from '../fhir/person'
import type { FhirJson } from '../json'
import type { Payer, PayerIdentifier } from '../payer-directory'
import type { CallOptions, PayerPort } from '../ports'
import type { Problem } from '../result'
import type { AppContext } from './app-context'

/** The patient as the payer knows them. */
export interface Member {
  readonly payer: Payer
  /** The payer's Patient resource. */
  readonly patient: FhirJson
  /** Its id at the payer. */
  readonly patientId: string
  readonly identifier?: PayerIdentifier
}

/** How the patient's agreement is stated to the payer (HRex Consent). Made only on the user's explicit say. */
export interface Agreement {
  /** The person who confirms it: name for people. */
  readonly confirmedBy: string
  /** The organization that receives the data, by name. */
  readonly recipient: string
  /** FHIR dates: from, and the last day. */
  readonly start: string
  readonly end: string
  /** A new UUID for the record of the agreement. */
  readonly id: string
}

export interface MemberQuestion {
  readonly payer: Payer
  /** The chart's Patient. */
  readonly patient: FhirJson
  /** The chart's Coverage with this payer. */
  readonly coverage?: FhirJson
  /** Typed by the user: goes before what the Coverage says (PDex §57). */
  readonly memberId?: string
  readonly agreement?: Agreement
}

/** Problem details of `not-allowed` and `consent-needed`: the payer's own words. */
export type MatchOutcome =
  | { readonly kind: 'found'; readonly member: Member }
  /** The payer's member differs from the chart's patient: stop. */
  | {
      readonly kind: 'mismatch'
      readonly member: Member
      readonly differences: readonly PersonDifference[]
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'several' }
  | { readonly kind: 'not-allowed'; readonly detail?: string }
  | { readonly kind: 'consent-needed'; readonly detail?: string }
  | { readonly kind: 'failed'; readonly problem: Problem }

/** Member id that a chart's Coverage carries: its MB identifier, else subscriberId. */
export declare function coverageMemberId(coverage: FhirJson | undefined): string | undefined
/** Asks `$member-match`, once. */
export declare function matchMember(
  question: MemberQuestion,
  payers: PayerPort,
  options?: CallOptions,
): Promise<MatchOutcome>
/** The member that a card's appContext names. `none` where it names none. */
export declare function memberFromAppContext(
  context: AppContext,
  patient: FhirJson,
  payers: PayerPort,
  options?: CallOptions,
): Promise<MatchOutcome>
