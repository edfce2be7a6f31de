import type { Payer } from '../../src/domain/payer-directory'

/** Where the relay stands on the app's own origin. */
export const RELAY_PATH = '/relay'

/** The relay's own address of what is a payer's. */
export const relayedPath = (payerId: string, part: 'cds' | 'fhir'): string =>
  `${RELAY_PATH}/payers/${encodeURIComponent(payerId)}/${part}`

/**
 * The site's configuration as browsers get it: the relay's address in the place of each payer's services. `relayed`: payers whose
 * records are read by way of the relay too. Their `fhirBase` stays what it is, for it is the name of what is read there, in charts
 * too; `recordsVia` says where it is read, and the way in is the relay's.
 */
export function browserConfig(
  config: unknown,
  payers: readonly Payer[],
  relayed: ReadonlySet<string> = new Set(),
): unknown {
  const site = config as Readonly<Record<string, unknown>>
  const listed = Array.isArray(site.payers) ? site.payers : []
  return {
    ...site,
    relay: RELAY_PATH,
    payers: listed.map((payer: Readonly<Record<string, unknown>>) => {
      const own = payers.find(({ id }) => id === payer.id)
      if (own === undefined) return payer
      const { clientId: _, scopes: __, origins: ___, ...open } = payer
      return {
        ...(relayed.has(own.id)
          ? { ...open, authorization: 'proxy', recordsVia: relayedPath(own.id, 'fhir') }
          : payer),
        ...(own.cdsBase !== undefined && { cdsBase: relayedPath(own.id, 'cds') }),
      }
    }),
  }
}
