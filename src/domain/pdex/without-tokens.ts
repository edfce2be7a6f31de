import { isObject } from '../json'
import { unwrapAppContext } from './app-context-shape'

/** JSON without the tokens that appContexts carry, for what is kept or shown. All else stays to the letter. */
export function withoutTokens(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutTokens)
  if (!isObject(json)) return json
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      name === 'appContext' ? withoutToken(value) : withoutTokens(value),
    ]),
  )
}

function withoutToken(raw: unknown): unknown {
  const context = unwrapAppContext(raw)
  if (context?.accessToken === undefined) return raw
  const { accessToken: _, ...rest } = context
  return typeof raw === 'string' ? JSON.stringify(rest) : rest
}
