import type { TerminologyPort } from '../domain/ports'
import type { Site } from '../domain/site'
import { createExpand } from './expand'
import { createHttp } from './http'

/** Somebody types and waits; milliseconds. */
const LIMIT_MS = 10_000

/** The site's terminology service over HTTP. No token goes there, and what goes there says nothing of the patient. */
export function createTerminology({ name, url }: NonNullable<Site['terminology']>): TerminologyPort {
  const http = createHttp({ name, base: url, timeoutMs: LIMIT_MS })
  return { name, expand: createExpand(http, 30) }
}
