import * as v from 'valibot'
import { auditSchema } from './audit-role'
import { credentialSchema } from './credentials/credential-config'
import { npiSchema } from './credentials/npi'
import { proxySignInSchema } from './proxy-sign-in'

const text = v.pipe(v.string(), v.minLength(1))

/** What is set up for one payer. */
const payer = v.pipe(
  v.strictObject({
    /** For its CDS Hooks services. */
    credential: v.optional(credentialSchema, { kind: 'none' }),
    /** It may read what was sent with a question, from this relay, for 30 seconds. */
    reads: v.optional(v.boolean(), false),
    /** The client id of its services here, as it is told with the token (`subject`); otherwise its id. */
    readsAs: v.optional(text),
    /** Its members' records are read through this relay, with this credential. Otherwise browsers read them directly. */
    records: v.optional(v.strictObject({ credential: v.optional(credentialSchema, { kind: 'none' }) })),
  }),
  v.check(({ reads, readsAs }) => reads || readsAs === undefined, 'readsAs says nothing without reads: true'),
)

const schema = v.strictObject({
  $schema: v.optional(v.string()),
  /** The app's own `config.json`, with the payers' true addresses. */
  site: text,
  /** Where browsers find this relay: its origin, and the path of the app. */
  publicUrl: v.pipe(
    v.string(),
    v.check(isOrigin, 'Expected an origin such as https://apps.example.org, without a path.'),
  ),
  /** `postgres://…`, or a folder for the embedded one. `DATABASE_URL` in the environment goes before it. */
  database: text,
  /** Files. Nothing secret stands in the configuration itself. */
  siteKey: text,
  signingKeys: text,
  /** `iss` of what is signed, as the payers know this site; otherwise `publicUrl`. */
  issuer: v.optional(text),
  /** By the payer's id in the site's configuration. One that is not named is asked without a credential. */
  payers: v.optional(v.record(v.string(), payer), {}),
  /** For payers that want to know for which provider they are asked (UDAP B2B). */
  npi: v.optional(npiSchema, {}),
  /** Who vouches for users where an EHR sends no id_token; otherwise nobody. */
  proxySignIn: v.optional(proxySignInSchema),
  /** Who may look into the whole log. */
  audit: v.optional(auditSchema),
  /** Whose earlier answers a user is shown again: their own, or of everybody who asked about the patient at this EHR. */
  earlierAnswers: v.optional(v.picklist(['own', 'all']), 'own'),
  session: v.optional(
    v.strictObject({
      minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(720)), 60),
    }),
    { minutes: 60 },
  ),
  /** Days after which entries of the log are removed; otherwise never. */
  keepDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(30), v.maxValue(36_500))),
  /** Metrics, health and readiness on a port of their own, for this site's network alone; otherwise no metrics are given. */
  operations: v.optional(
    v.strictObject({
      port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
      host: v.optional(text, '127.0.0.1'),
    }),
  ),
  limits: v.optional(
    v.strictObject({
      /** Of one call to a payer; milliseconds. */
      payerMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(120_000)), 15_000),
      /** Of a question and of an answer. */
      bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10_000)), 5_000_000),
      /** Calls to one payer at once; further ones are answered 429. A slow payer takes nobody else's place. */
      atOnce: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 50),
      /** Calls of one session within a minute. */
      perMinute: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 300),
    }),
    { payerMs: 15_000, bytes: 5_000_000, atOnce: 50, perMinute: 300 },
  ),
})

export type RelayConfig = v.InferOutput<typeof schema>

/** Reads `relay.json`. Throws a sentence with the path of what is wrong. */
export function readRelayConfig(json: unknown): RelayConfig {
  const read = v.safeParse(schema, json)
  if (read.success) return read.output
  const [issue] = read.issues
  throw new Error(`${v.getDotPath(issue) ?? 'the whole file'}: ${issue.message}`)
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  const isLocal = url.hostname === 'localhost' || /^127\./.test(url.hostname)
  return url.origin === value && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))
}
