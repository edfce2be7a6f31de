import type { LoggedRequest } from '../request-log'

/** A path without the secrets that an authorization request carries in its query, and readable. */
export function shownPath(path: string): string {
  const masked = path.replace(/([?&](?:code|state|launch|code_challenge|nonce)=)[^&]+/g, '$1…')
  try {
    return decodeURIComponent(masked.replaceAll('+', ' '))
  } catch {
    return masked
  }
}

function fhirWords(method: string, rest: string): string {
  const [path = '', query] = rest.split('?')
  const [type, id] = path.split('/')
  if (path === 'metadata') return 'Reads what this EHR offers'
  if (path.startsWith('.well-known/')) return 'Looks up the endpoints'
  if (path.includes('$')) return `Operation ${path.split('/').at(-1)}`
  if (type === '' || type === undefined) return 'Batch or transaction'
  if (method === 'POST') return id === '_search' ? `Searches ${type}` : `Creates a ${type}`
  if (method === 'PUT') return `Changes a ${type}`
  if (method === 'DELETE') return `Deletes a ${type}`
  return id === undefined || query !== undefined ? `Searches ${type}` : `Reads a ${type}`
}

/** What a request was for, in a few words. */
export function requestWords({ method, path, body }: LoggedRequest): string {
  if (method === 'OPTIONS') return 'The browser asks whether the app may'
  const [, , area = '', ...rest] = path.split('/')
  if (area === 'fhir') return fhirWords(method, rest.join('/'))
  if (area !== 'oauth') return 'Reads the style file'
  if (path.includes('/authorize')) return 'Asks for authorization'
  if (path.includes('/jwks')) return 'Reads the signing keys'
  return body.includes('grant_type=refresh_token') ? 'Renews its token' : 'Exchanges the code for a token'
}
