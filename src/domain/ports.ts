import type { AuditPort } from './audit'
import type { Discovery } from './crd/discovery'
import type { ApprovedRequest } from './crd/guard'
import type { Page } from './fhir/bundle'
import type { FhirJson, JsonObject } from './json'
import type { KeptLogPort } from './kept-log'
import type { Payer } from './payer-directory'
import type { PayerReadsPort } from './payer-reads'
import type { PayerSignInState } from './pdex/payer-sign-in'
import type { Result } from './result'
import type { SessionLife } from './session'

/** Search parameters in order; a name may stand more than once. */
export type SearchParams = readonly (readonly [name: string, value: string])[]

export interface CallOptions {
  readonly signal?: AbortSignal
}

/** Reading a FHIR server. Problems: cancelled, timeout, network, http, malformed, expired, refused (URL outside the server). */
export interface FhirReader {
  /** Name for people. */
  readonly name: string
  /** Base URL without a slash at its end. */
  readonly base: string
  capability(options?: CallOptions): Promise<Result<FhirJson>>
  read(type: string, id: string, options?: CallOptions): Promise<Result<FhirJson>>
  search(type: string, params: SearchParams, options?: CallOptions): Promise<Result<Page>>
  /** A page's `next` URL, verbatim. Refused where it leaves the server's origin or base path. */
  next(url: string, options?: CallOptions): Promise<Result<Page>>
}

/** What a server said of a create. */
export interface Created {
  /** `Type/id`, from Location or the body. Absent where the server named none. */
  readonly reference?: string
  /** false = conditional create found it already there (200). */
  readonly isNew: boolean
  /** 202: taken, and not filed yet. */
  readonly isAccepted?: boolean
}

/** Reading the chart. What-if is given this and never the writer, so that a write from there does not compile. */
export interface EhrPort extends FhirReader {
  /** `ValueSet/$expand?url=&filter=`: the codings it lists. */
  expand(valueSet: string, filter: string, options?: CallOptions): Promise<Result<readonly CodeChoice[]>>
}

/** Writing to the chart: member history only. */
export interface ChartWriterPort {
  /** POST with If-None-Exist where given (a search string without `?`), as `mediaType` (else application/fhir+json). Sent once, never repeated by itself. */
  create(
    resource: FhirJson,
    options?: CallOptions & { readonly ifNoneExist?: string; readonly mediaType?: string },
  ): Promise<Result<Created>>
}

export interface CodeChoice {
  readonly system: string
  readonly code: string
  readonly display: string
}

/** A payer's CDS Hooks services. */
export interface CdsPort {
  /** Cached for a day per payer; `fresh` asks anew (CRD found-16, found-17). */
  discover(payer: Payer, options?: CallOptions & { readonly fresh?: boolean }): Promise<Result<Discovery>>
  /** The JSON at a well-known location on this payer's own server, kept for a day. Refused where it lies elsewhere. */
  wellKnown(payer: Payer, location: string): Promise<Result<unknown>>
  /** Sends exactly once. The answer is any JSON: `crd/cds-response` reads it. */
  invoke(request: ApprovedRequest, options?: CallOptions): Promise<Result<unknown>>
  /** POST {cdsBase}/cds-services/{id}/feedback; once. Refused where the site did not switch it on for this payer. */
  feedback(payer: Payer, serviceId: string, body: JsonObject): Promise<Result<void>>
}

/** The site's own terminology service, without a token. */
export interface TerminologyPort {
  /** Name for people. */
  readonly name: string
  /** `ValueSet/$expand?url=&filter=`: the codings it lists. */
  expand(valueSet: string, filter: string, options?: CallOptions): Promise<Result<readonly CodeChoice[]>>
}

/** By what right requests to a payer go. `isHeld`: there is a token, and its time is not over. Times in epoch milliseconds. */
export type PayerAccess =
  | { readonly kind: 'open' | 'proxy' }
  | { readonly kind: 'launch' | 'smart'; readonly isHeld: boolean; readonly until?: number }

/** The user's own session at a payer beside the one at the EHR (SMART 2.2 standalone launch). No token in it. */
export interface PayerSignInPort {
  /** The same object until something changes. */
  state(payer: Payer): PayerSignInState
  subscribe(changed: () => void): () => void
  /** Opens the payer's sign-in page in a window of its own. Call it within the user's click: browsers block any other window. */
  begin(payer: Payer): void
  /** Gives up what is under way; a session that was there stays. */
  cancel(payer: Payer): void
  /** Forgets the tokens, and has the payer revoke them where it can. */
  signOut(payer: Payer): void
}

/** A payer's own token that its message brought; `pdex/payer-connection` takes it out and checks it. */
export interface CarriedToken {
  readonly payer: Payer
  readonly value: string
  /** Epoch milliseconds; absent where nobody said. */
  readonly until?: number
}

/** A payer's member data. */
export interface PayerPort {
  /** As it stands now, for people to see. */
  access(payer: Payer): PayerAccess
  /** Keeps a payer's own token in memory, for requests to that payer alone. */
  carry(token: CarriedToken): void
  /** A reader for this payer's FHIR API with this payer's own credential, never the EHR's. Refused where none is configured. */
  reader(payer: Payer): Result<FhirReader>
  /** `Patient/$member-match` with a Parameters resource; the Parameters that came back. Never repeated by itself (HRex mm-7). */
  memberMatch(payer: Payer, parameters: FhirJson, options?: CallOptions): Promise<Result<FhirJson>>
  /**
   * Has the site's relay, which reads of matched members alone, take the member whom a payer's card names for one. Absent without a
   * relay; nothing is done for a payer that is read directly.
   */
  openCard?(payer: Payer, parameters: FhirJson, options?: CallOptions): Promise<Result<unknown>>
}

/** Epoch milliseconds, and the offset-aware ISO instant that FHIR wants. */
export interface Clock {
  now(): number
  /** Calls back after `ms`; returns what cancels it. */
  after(ms: number, run: () => void): () => void
}

/** A new random UUID. */
export type NewId = () => string

/** Key-value store for the write journal: keys, hashes, states and references only, no clinical content. */
export interface JournalPort {
  load(sessionKey: string): Promise<unknown>
  save(sessionKey: string, journal: unknown): Promise<void>
}

/** The life of the EHR session, for the screens: no token in it. */
export interface SessionPort {
  life(): SessionLife
  subscribe(changed: () => void): () => void
  /** A new access token by refresh. Fails `expired` where there is none to be had. */
  renew(): Promise<Result<void>>
  /** Signs in anew at the same EHR; leaves the page. Fails `refused` where that could not even begin. */
  relaunch(): Promise<Result<void>>
}

/** What the user typed or selected, kept for this launch and across a new sign-in for the same patient; in memory, never localStorage. */
export interface DraftPort {
  load(name: string): unknown
  save(name: string, draft: unknown): void
}

/** What this user prefers, without PHI; outlives the session. What is loaded is not vouched for: anybody at this browser may have changed it. */
export interface PreferencePort {
  load(key: string): unknown
  save(key: string, value: unknown): void
  /** false: this browser keeps nothing, so that it ends with the page. */
  isDurable(): boolean
}

/** Evaluates FHIRPath off the main thread within a time limit. Problems: timeout, malformed. */
export interface FhirPathPort {
  evaluate(
    expression: string,
    input: unknown,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Result<readonly unknown[]>>
}

/** A form in which a document is read. */
export type ReadableForm = 'pdf' | 'html' | 'rtf' | 'ascii'

/** Renders a document off the main thread; as a PDF where nothing else is asked for. */
export interface PdfPort {
  render(
    document: import('./document/document').ClinicalDocument,
    form?: ReadableForm,
  ): Promise<Result<Uint8Array>>
}

/** Compares a payer's records with the chart's off the main thread. Problems: cancelled, timeout, network (it did not load), malformed. */
export interface ComparePort {
  compare(
    world: import('./pdex/reconcile').ReconcileWorld,
    options?: CallOptions,
  ): Promise<Result<import('./pdex/reconcile').Reconciled>>
}

/** All that a feature may reach of the world; given by `main.tsx` through context. */
export interface Ports {
  readonly ehr: EhrPort
  readonly chartWriter: ChartWriterPort
  readonly cds: CdsPort
  readonly payers: PayerPort
  /** Loaded at its first use. Absent: nobody can sign in at a payer here. */
  readonly payerSignIn?: () => Promise<PayerSignInPort>
  readonly clock: Clock
  readonly newId: NewId
  readonly journal: JournalPort
  readonly drafts: DraftPort
  /** What was asked and answered: in this browser, or as the site's relay kept it. */
  readonly audit: AuditPort
  /** Absent where the site has no relay. */
  readonly keptLog?: KeptLogPort
  /** Absent where the site has no relay. */
  readonly payerReads?: PayerReadsPort
  readonly preferences: PreferencePort
  /** Absent where the site has none. */
  readonly terminology?: TerminologyPort
  readonly fhirPath: FhirPathPort
  readonly pdf: PdfPort
  readonly comparison: ComparePort
  /** SHA-256 and SHA-1 as base64, of bytes. */
  readonly digest: (algorithm: 'SHA-256' | 'SHA-1', bytes: Uint8Array) => Promise<string>
}
