import * as v from 'valibot'

const text = v.pipe(v.string(), v.minLength(1, 'must not be empty'))

/** https everywhere, http for loopback alone; no user name, query or fragment. */
function isTokenUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  const isLocal = url.hostname === 'localhost' || /^127(\.\d+){3}$/.test(url.hostname)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)
  return isSafe && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

const tokenUrl = v.pipe(
  text,
  v.check(isTokenUrl, 'must be an https address (http for localhost only) without query'),
)

/** UDAP B2B: identifiers of organizations and purposes are URIs. */
const uri = v.pipe(text, v.regex(/^[a-z][a-z0-9+.-]*:\S+$/i, 'must be a URI, such as https://… or urn:oid:…'))

/** Treatment (v3-ActReason). */
const TREATMENT = 'urn:oid:2.16.840.1.113883.5.8#TREAT'

/** The ways to show a payer who calls. Files are named, nothing secret stands here. */
export const credentialSchema = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('none') }),
    /** Signed by this site for each call (CDS Hooks "Trusting CDS Clients"). */
    v.strictObject({ kind: v.literal('jwt'), tenant: v.optional(text) }),
    /** SMART 2.2 "Backend Services", with this site's signing keys. */
    v.strictObject({
      kind: v.literal('smart-backend'),
      clientId: text,
      scope: text,
      /** Otherwise as the payer's `.well-known/smart-configuration` says, on the payer's own host. */
      tokenUrl: v.optional(tokenUrl),
    }),
    /** UDAP client credentials (HL7 UDAP Security "B2B"). */
    v.strictObject({
      kind: v.literal('udap'),
      clientId: text,
      scope: v.optional(text),
      tokenUrl,
      /** PEM: the client's certificate first, then those that issued it. */
      certificate: text,
      /** PEM: its private key. */
      key: text,
      organizationId: uri,
      organizationName: v.optional(text),
      purposeOfUse: v.optional(v.pipe(v.array(uri), v.minLength(1)), [TREATMENT]),
      /** NUCC code of those who ask. */
      subjectRole: v.optional(text),
    }),
  ],
  'must have a kind: none, jwt, smart-backend or udap',
)

export type CredentialConfig = v.InferOutput<typeof credentialSchema>
export type ConfigOf<Kind extends CredentialConfig['kind']> = Extract<
  CredentialConfig,
  { readonly kind: Kind }
>
