import type { ServerCapability } from '../fhir/capability'
import type { Payer } from '../payer-directory'
import type { Site } from '../site'
import type { Probe } from './probe'

/** A payer's CDS Hooks services, or its members' records. */
export type PayerPart = 'services' | 'records'

/** What this site shows a payer of itself; `unavailable`: it could not be had, in words. */
export type OwnCredential =
  | { readonly kind: 'none' }
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'unavailable'; readonly why: string }

/** What a set-up check works with. */
export interface SetupWorld {
  readonly site: Site
  /** Of the page that browsers load: what servers have to allow by CORS. */
  readonly appOrigin: string
  readonly probe: Probe
  /** The site's relay stands between browsers and this part of a payer: it needs no CORS. Absent: there is no relay. */
  readonly isRelayed?: (payer: Payer, part: PayerPart) => boolean
  /** This site's credential for one call to a payer's URL. Absent where there are no keys, as in a browser. */
  readonly credential?: (payer: Payer, part: PayerPart, url: string) => Promise<OwnCredential>
  readonly newId: () => string
}

/** An EHR that answered: what it states, joined with the scopes that the site asks it for. */
export interface Chart {
  readonly name: string
  readonly capability: ServerCapability
}
