import * as v from 'valibot'
import { at, type JsonObject, text } from '../json'
import { parse } from '../parse'
import { type Payer, type PayerIdentifier, payerByFhirBase, payerByIdentifier } from '../payer-directory'
import type { Problem } from '../result'
import { unwrapAppContext } from './app-context-shape'

type HookResult = 'matched' | 'no-match' | 'multiple' | 'no-data' | 'error'

/** What a payer's card handed on, checked against the launch and the site's payers. */
export interface AppContext {
  readonly payer: Payer
  readonly result: HookResult
  readonly memberIdentifier?: PayerIdentifier
  /** `Patient/id` at the payer. */
  readonly memberReference?: string
  readonly hookInstance?: string
  /** Instants, as written. */
  readonly issued?: string
  readonly expires?: string
}

/**
 * `ignored`: not ours, unreadable or too old; the app goes on from the chart, with a plain notice (U2).
 * `stop`: it names another patient or a payer that is not of this site; no request may leave.
 */
export type AppContextReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'usable'; readonly context: AppContext }
  | { readonly kind: 'ignored'; readonly problem: Problem }
  | { readonly kind: 'stop'; readonly problem: Problem }

export interface AppContextCheck {
  readonly payers: readonly Payer[]
  /** Patient of the launch. */
  readonly patientId: string
  /** Epoch milliseconds. */
  readonly now: number
}

const ID = '[A-Za-z0-9\\-.]{1,64}'
const TYPE = 'pdex-member-history'
const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/, 'This is no instant.'),
)
const filled = v.pipe(v.string(), v.minLength(1, 'This is empty.'))

/** Version 1, as `public/app-context.schema.json` publishes it. Fields that are not named here are tolerated and not used. */
export const appContextSchema = v.looseObject({
  v: v.literal(1),
  type: v.literal(TYPE),
  payerFhirBase: v.pipe(v.string(), v.regex(/^https?:\/\/[^\s?#]+$/, 'This is no address.')),
  result: v.picklist(['matched', 'no-match', 'multiple', 'no-data', 'error']),
  ehrPatient: v.pipe(v.string(), v.regex(new RegExp(`^(Patient/)?${ID}$`), 'This is no patient id.')),
  memberIdentifier: v.optional(v.looseObject({ system: filled, value: filled })),
  memberReference: v.optional(
    v.pipe(v.string(), v.regex(new RegExp(`^Patient/${ID}$`), 'This is no reference to a patient.')),
  ),
  hookInstance: v.optional(filled),
  issued: v.optional(instant),
  expires: v.optional(instant),
})

/** `raw` as the token response carried it: object, JSON, base64, base64url or URL-encoded text, or absent (PDex facts 2.3). */
export function readAppContext(raw: unknown, check: AppContextCheck): AppContextReading {
  if (raw === undefined || raw === null || raw === '') return { kind: 'absent' }
  const value = unwrapAppContext(raw)
  if (value === undefined) return ignored(unreadable('It is in no form that this app knows.'))
  // Whom it is about and where it points are looked at first: a message for somebody else stops even where the rest is broken.
  const stop =
    wrongPatient(value, check.patientId) ??
    unknownPayer(value, check.payers) ??
    twoPayers(value, check.payers)
  if (stop !== undefined) return { kind: 'stop', problem: stop }
  const parsed = parse(appContextSchema, value, SENDER)
  if (!parsed.ok) return ignored(parsed.problem)
  const payer = payerByFhirBase(check.payers, parsed.value.payerFhirBase)
  if (payer === undefined) return ignored(unreadable('It names no payer.'))
  const { result, memberIdentifier, memberReference, hookInstance, issued, expires } = parsed.value
  if (expires !== undefined && !(Date.parse(expires) > check.now)) return ignored(EXPIRED)
  return {
    kind: 'usable',
    context: {
      payer,
      result,
      ...(memberIdentifier !== undefined && {
        memberIdentifier: { system: memberIdentifier.system, value: memberIdentifier.value },
      }),
      ...(memberReference !== undefined && { memberReference }),
      ...(hookInstance !== undefined && { hookInstance }),
      ...(issued !== undefined && { issued }),
      ...(expires !== undefined && { expires }),
    },
  }
}

const SENDER = "The payer's message"

const ignored = (problem: Problem): AppContextReading => ({ kind: 'ignored', problem })

const unreadable = (message: string): Problem => ({ kind: 'malformed', server: SENDER, path: '', message })

const EXPIRED: Problem = {
  kind: 'refused',
  rule: 'app-context-expired',
  message: "The payer's message is too old to go by.",
}

/** Wrong chart: the gravest of all (PDex facts 2.4). */
function wrongPatient(value: JsonObject, patientId: string): Problem | undefined {
  const named = value.type === TYPE ? text(value, 'ehrPatient') : undefined
  if (named === undefined || named.replace(/^Patient\//, '') === patientId) return undefined
  return {
    kind: 'refused',
    rule: 'app-context-patient',
    message: "The payer's message is about another patient than the one whose chart is open.",
  }
}

/** Only the site's payers are called, whatever address a message brings. */
function unknownPayer(value: JsonObject, payers: readonly Payer[]): Problem | undefined {
  const named = value.type === TYPE ? text(value, 'payerFhirBase') : undefined
  if (named === undefined || payerByFhirBase(payers, named) !== undefined) return undefined
  return {
    kind: 'refused',
    rule: 'app-context-payer',
    message: "The payer's message points to a server that is not set up here.",
  }
}

/** A message whose payer and whose address are two payers of the site: nobody can tell which one is meant. */
function twoPayers(value: JsonObject, payers: readonly Payer[]): Problem | undefined {
  if (value.type !== TYPE) return undefined
  const [system, id] = [text(at(value, 'payer'), 'system'), text(at(value, 'payer'), 'value')]
  if (system === undefined || id === undefined) return undefined
  const named = payerByIdentifier(payers, [{ system, value: id }])
  const addressed = payerByFhirBase(payers, text(value, 'payerFhirBase') ?? '')
  if (named === undefined || addressed === undefined || named.id === addressed.id) return undefined
  return {
    kind: 'refused',
    rule: 'app-context-payer',
    message: `The payer's message names ${named.name} and points to the server of ${addressed.name}.`,
  }
}
