import { decodeJwt } from 'jose'
import * as v from 'valibot'
import { parse } from '../domain/parse'
import { ok, type Result } from '../domain/result'
import type { LaunchContextItem, Session } from '../domain/session'

const optionalText = v.fallback(v.optional(v.pipe(v.string(), v.nonEmpty())), undefined)

const contextItem = v.object({
  reference: optionalText,
  canonical: optionalText,
  identifier: v.optional(v.unknown()),
  type: optionalText,
  role: optionalText,
})

/** What fhirclient keeps of a launch, with the token response inside (SMART 2.2 launch context). What is optional and unreadable reads as absent. */
const launchState = v.object({
  key: v.string(),
  serverUrl: v.string(),
  scope: optionalText,
  tokenResponse: v.object({
    access_token: v.optional(v.string()),
    patient: optionalText,
    encounter: optionalText,
    scope: optionalText,
    id_token: optionalText,
    fhirUser: optionalText,
    intent: optionalText,
    need_patient_banner: v.fallback(v.optional(v.boolean()), undefined),
    smart_style_url: optionalText,
    fhirContext: v.fallback(v.array(v.unknown()), []),
    appContext: v.optional(v.unknown()),
  }),
})

/**
 * fhirclient's state after the exchange → Session. `patientId` is "" where the EHR named none. `sharedBase`: a path above the
 * FHIR base whose users are this EHR's too (`domain/site` tokenBase). Fails `malformed`.
 */
export function readSession(state: unknown, ehrName: string, sharedBase?: string): Result<Session> {
  const parsed = parse(launchState, state, ehrName)
  if (!parsed.ok) return parsed
  const { key, serverUrl, scope, tokenResponse: token } = parsed.value
  const fhirBase = serverUrl.replace(/\/+$/, '')
  const fhirUser = userReference(token.fhirUser ?? userOf(token.id_token), fhirBase, sharedBase)
  return ok({
    key,
    ehrName,
    fhirBase,
    patientId: token.patient ?? '',
    // RFC 6749 §5.1: a missing scope means as asked.
    scopes: (token.scope ?? scope ?? '').split(/\s+/).filter((part) => part !== ''),
    fhirContext: token.fhirContext.flatMap(readContextItem),
    needPatientBanner: token.need_patient_banner ?? true,
    ...(token.encounter !== undefined && { encounterId: token.encounter }),
    ...(fhirUser !== undefined && { fhirUser }),
    ...(token.intent !== undefined && { intent: token.intent }),
    ...(token.appContext !== undefined && { appContext: token.appContext }),
    ...(token.smart_style_url !== undefined && { styleUrl: token.smart_style_url }),
  })
}

/** The claim is read, not relied on for access: the token came from the token endpoint itself (OpenID Connect Core §3.1.3.7). */
function userOf(idToken: string | undefined): string | undefined {
  if (idToken === undefined) return undefined
  try {
    const claims = decodeJwt(idToken)
    const user = claims.fhirUser ?? claims.profile
    return typeof user === 'string' ? user : undefined
  } catch {
    return undefined
  }
}

/** `https://ehr/fhir/Practitioner/1` or `Practitioner/1` → `Practitioner/1`; a user of another server is no user of this chart. */
function userReference(
  user: string | undefined,
  fhirBase: string,
  sharedBase = fhirBase,
): string | undefined {
  if (user === undefined) return undefined
  const isOwn = user.startsWith(`${fhirBase}/`)
  const isShared = sharedBase !== fhirBase && user.startsWith(`${sharedBase}/`)
  const relative = isOwn
    ? user.slice(fhirBase.length + 1)
    : isShared
      ? user.split('/').slice(-2).join('/')
      : user
  return /^(Practitioner|PractitionerRole|Patient|RelatedPerson|Person|Device)\/[A-Za-z0-9\-.]{1,64}$/.test(
    relative,
  )
    ? relative
    : undefined
}

function readContextItem(item: unknown): readonly LaunchContextItem[] {
  const parsed = v.safeParse(contextItem, item)
  if (!parsed.success) return []
  const entries = Object.entries(parsed.output).filter(([, value]) => value !== undefined)
  return [Object.fromEntries(entries)]
}
