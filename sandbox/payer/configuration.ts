import { at, isObject, type JsonObject, objectsIn, textOf } from './json'
import type { Payer } from './payer'
import { type Refusal, refuse } from './refusal'

/** What the caller switched: topics that are off, the largest number of cards, and whether determinations may come unasked. */
export interface Configuration {
  readonly off: ReadonlySet<string>
  /** Codes that the service declares. */
  readonly offered: ReadonlySet<string>
  readonly maxCards: number
  readonly unsolicitedDetermination: boolean
}

const optionsOf = (service: JsonObject): readonly JsonObject[] =>
  objectsIn(at(service, 'extension', 'davinci-crd.configuration-options'))

/** Checks the request's `davinci-crd.configuration` against what the service declared (CRD dev-12: the declared type). Codes it does not know are no fault (dev-16). */
export function checkConfiguration(
  service: JsonObject,
  request: JsonObject,
  payer: Payer,
): Refusal | undefined {
  const sent = at(request, 'extension', 'davinci-crd.configuration')
  if (sent === undefined) return undefined
  if (!isObject(sent))
    return refuse(400, 'structure', 'davinci-crd.configuration must be one object of code and value')
  const types = new Map<string, unknown>(
    optionsOf(service).map((option) => [String(option.code), option.type]),
  )
  // Declared nowhere in the guide's sample, and still what every what-if must send (CRD found-35); CRD 1.1 knows no such code.
  if (payer.crd !== '1.1') types.set('unsolicited-determ', 'boolean')
  for (const [code, value] of Object.entries(sent)) {
    const type = types.get(code)
    if (type === 'boolean' && typeof value !== 'boolean')
      return refuse(400, 'value', `configuration ${code} must be true or false`)
    if (type === 'integer' && !Number.isInteger(value))
      return refuse(400, 'value', `configuration ${code} must be a whole number`)
  }
  return undefined
}

/** Older payers declare defaults as strings (CRD facts A3). */
const plainValue = (value: unknown): unknown => {
  if (value === 'true' || value === 'false') return value === 'true'
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
}

/** The configuration in force: the declared defaults with a checked request's values over them. */
export function configurationOf(service: JsonObject, request: JsonObject, payer: Payer): Configuration {
  const sent = at(request, 'extension', 'davinci-crd.configuration')
  const values = new Map<string, unknown>(
    optionsOf(service).map((option) => [String(option.code), plainValue(option.default)]),
  )
  if (isObject(sent)) for (const [code, value] of Object.entries(sent)) values.set(code, value)
  const maxCards = values.get('max-cards')
  return {
    offered: new Set(optionsOf(service).map(({ code }) => String(code))),
    off: new Set([...values].filter(([, value]) => value === false).map(([code]) => code)),
    maxCards: typeof maxCards === 'number' ? Math.max(0, maxCards) : 10,
    // The switch came with CRD 2.1; a payer of 1.1 knows no such code and ignores it (dev-16).
    unsolicitedDetermination: payer.crd === '1.1' || values.get('unsolicited-determ') !== false,
  }
}

/** Checks `davinci-crd.requestedVersion`: a string, one of those offered, and there when several are offered (CRD 2.2 dev-3). */
export function checkVersion(service: JsonObject, request: JsonObject): Refusal | undefined {
  const offered = at(service, 'extension', 'davinci-crd.version')
  if (!Array.isArray(offered)) return undefined
  const asked = at(request, 'extension', 'davinci-crd.requestedVersion')
  if (asked === undefined)
    return offered.length > 1
      ? refuse(400, 'required', `davinci-crd.requestedVersion is missing; offered: ${offered.join(', ')}`)
      : undefined
  if (!textOf(asked))
    return refuse(400, 'value', 'davinci-crd.requestedVersion must be a string such as "2.2"')
  return offered.includes(asked)
    ? undefined
    : refuse(422, 'value', `CRD ${String(asked)} is not offered; offered: ${offered.join(', ')}`)
}
