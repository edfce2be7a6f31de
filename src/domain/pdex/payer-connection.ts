import { at, text } from '../json'
import type { CarriedToken } from '../ports'
import { type AppContextCheck, readAppContext } from './app-context'
import { unwrapAppContext } from './app-context-shape'

/**
 * The token of an appContext, where the site lets this payer hand one over and the message is for this patient, from this payer and
 * in time. Its life counts from when the message was made, and ends with the message at the latest.
 */
export function carriedToken(raw: unknown, check: AppContextCheck): CarriedToken | undefined {
  const reading = readAppContext(raw, check)
  if (reading.kind !== 'usable' || reading.context.payer.authorization !== 'launch') return undefined
  const { payer, issued, expires } = reading.context
  const token = at(unwrapAppContext(raw), 'accessToken')
  const value = text(token, 'value')
  // RFC 6750: what else there may be is no Bearer token, and could break out of the header.
  if (value === undefined || !/^[A-Za-z0-9\-._~+/]+=*$/.test(value)) return undefined
  if ((text(token, 'type') ?? 'Bearer').toLowerCase() !== 'bearer') return undefined
  const seconds = at(token, 'expires_in')
  const ends = [
    ...(typeof seconds === 'number' && seconds >= 0
      ? [(issued === undefined ? check.now : Date.parse(issued)) + seconds * 1000]
      : []),
    ...(expires === undefined ? [] : [Date.parse(expires)]),
  ].filter((end) => !Number.isNaN(end))
  const until = ends.length === 0 ? undefined : Math.min(...ends)
  return { payer, value, ...(until !== undefined && { until }) }
}
