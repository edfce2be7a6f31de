/** An app that is registered with this EHR. All are public clients: they run in a browser and can keep no secret. */
export interface Client {
  readonly id: string
  readonly name: string
  /** Paths on the app's origin that may receive the authorization code; compared to the letter. */
  readonly redirectPaths: readonly string[]
  /** Where the app is opened: SMART's launch URL, as a path on the app's origin. */
  readonly launchPath: string
}

export const CLIENTS: readonly Client[] = [
  { id: 'beforehand', name: 'Beforehand', redirectPaths: ['/'], launchPath: '/' },
]

/** The client with this id, if it is registered. */
export function findClient(id: string | undefined): Client | undefined {
  return CLIENTS.find((client) => client.id === id)
}

/** SMART 2.2 and OAuth 2.1: a redirect URI is compared as a string, never by prefix. `app` is the app's origin. */
export function isRegisteredRedirect(client: Client, app: string, uri: string | undefined): uri is string {
  return client.redirectPaths.some((path) => uri === `${app}${path}`)
}
