import * as v from 'valibot'
import type { OrderType } from './crd/scenario'
import { parse } from './parse'
import type { AttachmentKind, EhrNeed, EhrProfileId } from './pdex/ehr-profile'
import { isSameName, presetSchema } from './pdex/preset'
import { ok, type Result } from './result'
import type { Site } from './site'

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'))

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** https everywhere, http for loopback alone; no user name, query or fragment. */
function isAllowedUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
  return secure && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

const withoutSlash = v.transform((url: string) => url.replace(/\/+$/, ''))
const URL_RULE = 'must be an https URL (http for localhost only) without query'
const absoluteUrl = v.pipe(text, v.check(isAllowedUrl, URL_RULE), withoutSlash)

/** Absolute, or a path on the app's own origin, so that a site can put a reverse proxy in front of a payer. */
const urlOrPath = (appOrigin: string) =>
  v.pipe(
    text,
    v.transform((value) => (value.startsWith('/') && !value.startsWith('//') ? appOrigin + value : value)),
    v.check(isAllowedUrl, `${URL_RULE}, or a path that begins with /`),
    withoutSlash,
  )

const coding = v.strictObject({ system: text, code: text, display: text })

// Spelt out: the list of `crd/scenario` would bring that whole file into every first screen.
const KINDS = [
  'ServiceRequest',
  'DeviceRequest',
  'MedicationRequest',
  'NutritionOrder',
  'VisionPrescription',
  'CommunicationRequest',
] as const satisfies readonly OrderType[]

// Spelt out for the same reason: the profiles themselves are loaded when something is to be written.
const PROFILES = [
  'generic',
  'us-core',
  'oracle',
  'oracle-dstu2',
  'epic',
  'athena-flow',
  'athena-one',
  'meditech',
  'eclinicalworks',
] as const satisfies readonly EhrProfileId[]
const ATTACHMENTS = [
  'bundle',
  'pdf',
  'html',
  'xhtml',
  'text',
  'rtf',
] as const satisfies readonly AttachmentKind[]
const NEEDS = ['author', 'authenticator', 'encounter', 'period-end'] as const satisfies readonly EhrNeed[]

const positive = (least: number) => v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(least)))

const ehrProfile = v.union([
  v.picklist(PROFILES),
  v.strictObject({
    like: v.optional(v.picklist(PROFILES), 'generic'),
    attachments: v.exactOptional(v.array(v.picklist(ATTACHMENTS))),
    contents: v.exactOptional(v.picklist(['several', 'one'])),
    needs: v.exactOptional(v.array(v.picklist(NEEDS))),
    docStatus: v.exactOptional(v.picklist(['final', 'preliminary'])),
    conditions: v.exactOptional(v.picklist(['unconfirmed', 'provisional'])),
    entries: v.exactOptional(v.array(text)),
    listsRecords: v.exactOptional(v.boolean()),
    maxBytes: positive(10_000),
    parallel: positive(1),
  }),
])

const canonicals = v.optional(v.array(text), [])
const valueSets = v.strictObject({
  ServiceRequest: canonicals,
  DeviceRequest: canonicals,
  MedicationRequest: canonicals,
  NutritionOrder: canonicals,
  VisionPrescription: canonicals,
  CommunicationRequest: canonicals,
})

const frontDesk = v.strictObject({
  roles: v.optional(v.array(text), []),
  services: v.optional(
    v.array(
      v.strictObject({
        label: text,
        labels: v.exactOptional(v.record(text, text)),
        coding: v.pipe(v.array(coding), v.nonEmpty('must have a code')),
        ask: v.optional(v.picklist(['visit', 'order']), 'visit'),
      }),
    ),
    [],
  ),
})

const policy = v.strictObject({
  slowAfterMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(100)), 5_000),
  stopAfterMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200)), 10_000),
  technicalDetails: v.optional(v.boolean(), false),
  maxRequestBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(10_000)), 2_000_000),
  retentionDays: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650))),
})

const schema = (appOrigin: string) =>
  v.strictObject({
    $schema: v.optional(v.string()),
    issuers: v.pipe(
      v.array(
        v.strictObject({
          issuer: v.pipe(
            text,
            v.check((value) => isAllowedUrl(value.replace(/\/\*$/, '')), URL_RULE),
            withoutSlash,
          ),
          name: text,
          clientId: text,
          scopes: text,
          origins: v.optional(v.array(absoluteUrl), []),
          ehrProfile: v.exactOptional(ehrProfile),
        }),
      ),
      v.nonEmpty('must list at least one EHR'),
    ),
    payers: v.pipe(
      v.array(
        v.pipe(
          v.strictObject({
            id: text,
            name: text,
            identifiers: v.optional(v.array(v.strictObject({ system: text, value: text })), []),
            cdsBase: v.exactOptional(urlOrPath(appOrigin)),
            fhirBase: v.exactOptional(urlOrPath(appOrigin)),
            recordsVia: v.exactOptional(urlOrPath(appOrigin)),
            authorization: v.optional(v.picklist(['open', 'proxy', 'launch', 'smart']), 'open'),
            clientId: v.exactOptional(text),
            scopes: v.exactOptional(text),
            origins: v.exactOptional(v.array(absoluteUrl)),
            phone: v.exactOptional(text),
            deIdentified: v.exactOptional(v.boolean()),
            feedback: v.exactOptional(v.boolean()),
            coverageToLink: v.exactOptional(v.boolean()),
          }),
          v.check(
            (p) => p.authorization !== 'smart' || Boolean(p.clientId && p.scopes && p.fhirBase),
            'needs fhirBase, clientId and scopes where authorization is smart',
          ),
        ),
      ),
      v.check((payers) => new Set(payers.map((p) => p.id)).size === payers.length, 'ids must differ'),
    ),
    presets: v.optional(
      v.strictObject({
        orders: v.optional(
          v.array(
            v.strictObject({
              label: text,
              kind: v.picklist(KINDS),
              coding: v.pipe(v.array(coding), v.nonEmpty('must have a code')),
            }),
          ),
          [],
        ),
        valueSets: v.optional(valueSets, {}),
      }),
      {},
    ),
    frontDesk: v.exactOptional(frontDesk),
    policy: v.optional(
      v.pipe(
        policy,
        v.check((p) => p.slowAfterMs < p.stopAfterMs, 'slowAfterMs must be less than stopAfterMs'),
      ),
      {},
    ),
    memberHistory: v.exactOptional(
      v.strictObject({
        presets: v.optional(
          v.pipe(
            v.array(presetSchema),
            v.check(
              (presets) =>
                presets.every((p, at) => presets.findIndex((o) => isSameName(o.name, p.name)) === at),
              'names must differ',
            ),
          ),
          [],
        ),
      }),
    ),
    terminology: v.exactOptional(v.strictObject({ name: text, url: urlOrPath(appOrigin) })),
    relay: v.exactOptional(urlOrPath(appOrigin)),
    setupCheck: v.exactOptional(v.boolean()),
  })

/**
 * `config.json` into a Site: URLs absolute against `appOrigin`, defaults filled in. Every field is known: a misspelt one fails
 * too. Fails `malformed` with the path of the first wrong field.
 */
export function parseSite(input: unknown, appOrigin: string): Result<Site> {
  const result = parse(schema(appOrigin), input, 'The configuration')
  if (!result.ok) return result
  const { $schema: _, ...site } = result.value
  return ok(site)
}
