import type { OrderType } from './crd/scenario'
import type { Payer } from './payer-directory'
import type { EhrProfileId, OwnEhrProfile } from './pdex/ehr-profile'
import type { HistoryPreset } from './pdex/preset'
import type { CodeChoice } from './ports'

/** An EHR that may launch the app. `issuer` may end in `/*`: any FHIR base below that path (test launchers put the launch into the path). */
export interface Issuer {
  readonly issuer: string
  readonly name: string
  readonly clientId: string
  readonly scopes: string
  /** Further origins this EHR needs reached, e.g. a token endpoint on another host: for the Content-Security-Policy. */
  readonly origins: readonly string[]
  /** What is known of this EHR beyond what it states; absent: the generic profile. */
  readonly ehrProfile?: EhrProfileId | OwnEhrProfile
}

/** An order that the site asks about often: offered before any search. */
export interface OrderPreset {
  readonly label: string
  readonly kind: OrderType
  readonly coding: readonly CodeChoice[]
}

/** A service that the front desk asks about often. */
export interface DeskService {
  readonly label: string
  /** Its name in other languages by BCP 47, for the patient's page. */
  readonly labels?: Readonly<Record<string, string>>
  readonly coding: readonly CodeChoice[]
  /** As what it is asked: an appointment, or something that is ordered. */
  readonly ask: 'visit' | 'order'
}

/** What the front desk is given. */
export interface FrontDeskSite {
  /** Who opens it first: a code of their PractitionerRole, alone or as `system|code`, or themselves as `Practitioner/12`. */
  readonly roles: readonly string[]
  readonly services: readonly DeskService[]
}

export interface Policy {
  /** From here an answer is "slower than usual" and can be skipped; milliseconds. CRD: 5 s. */
  readonly slowAfterMs: number
  /** Here asking stops by itself; milliseconds. CRD: 10 s. */
  readonly stopAfterMs: number
  /** Status codes and paths beside the plain words of an error. */
  readonly technicalDetails: boolean
  /** Largest hook request that is sent; bytes. */
  readonly maxRequestBytes: number
  /** Days that earlier answers are kept beyond the session; absent: they end with it. */
  readonly retentionDays?: number
}

/** `config.json` after parsing: URLs absolute, defaults filled in. */
export interface Site {
  readonly issuers: readonly Issuer[]
  readonly payers: readonly Payer[]
  readonly presets: {
    readonly orders: readonly OrderPreset[]
    /** Canonicals of the EHR's own lists of what can be ordered: `$expand` is asked for these first. */
    readonly valueSets: Readonly<Record<OrderType, readonly string[]>>
  }
  /** Absent: none of the organization's own. */
  readonly memberHistory?: { readonly presets: readonly HistoryPreset[] }
  /** Absent: the front desk is there only where the launch asks for it. */
  readonly frontDesk?: FrontDeskSite
  readonly policy: Policy
  /** The site's own terminology service: asked for codes where the EHR has no list. No token goes there. */
  readonly terminology?: { readonly name: string; readonly url: string }
  /** Base of the site's relay on the app's own origin: it passes questions on to payers for signed-in users. The relay itself states it. */
  readonly relay?: string
  /** Whoever opens the app by its address may look at the set-up check. Absent: no. */
  readonly setupCheck?: boolean
}

/** The listed issuer that this FHIR base belongs to, or undefined: then nothing is sent to it. */
export function findIssuer(issuers: readonly Issuer[], iss: string): Issuer | undefined {
  if (!URL.canParse(iss)) return undefined
  const url = new URL(iss)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined
  const wanted = url.href.replace(/\/+$/, '')
  return issuers.find(({ issuer }) =>
    issuer.endsWith('/*')
      ? wanted.startsWith(`${new URL(issuer.slice(0, -2)).href.replace(/\/+$/, '')}/`)
      : wanted === new URL(issuer).href.replace(/\/+$/, ''),
  )
}

/**
 * The base below which this EHR's token may travel: its FHIR base, or, for an issuer with `/*`, the path that all its launches
 * share. Test launchers give `next` links and users of that shared path.
 */
export function tokenBase(issuer: Issuer | undefined, fhirBase: string): string {
  return issuer?.issuer.endsWith('/*') === true ? issuer.issuer.slice(0, -2) : fhirBase
}

/** The origins the browser has to reach for this site: for the Content-Security-Policy. */
export function reachedOrigins(site: Site): readonly string[] {
  const urls = [
    ...site.issuers.flatMap(({ issuer, origins }) => [issuer.replace(/\/\*$/, ''), ...origins]),
    ...site.payers.flatMap(({ cdsBase, fhirBase, recordsVia = fhirBase, origins = [] }) => [
      cdsBase,
      recordsVia,
      ...origins,
    ]),
    site.terminology?.url,
  ]
  return [...new Set(urls.flatMap((url) => (url === undefined ? [] : new URL(url).origin)))]
}
