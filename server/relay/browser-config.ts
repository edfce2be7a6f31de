import type { Payer } from '../../src/domain/payer-directory'

/** Where the relay stands on the app's own origin. */
export const RELAY_PATH = '/relay'

/**
 * The site's configuration as browsers get it: the relay's address in the place of each payer's services. The payers' records are
 * still read directly.
 */
export function browserConfig(config: unknown, payers: readonly Payer[]): unknown {
  const site = config as Readonly<Record<string, unknown>>
  const listed = Array.isArray(site.payers) ? site.payers : []
  return {
    ...site,
    relay: RELAY_PATH,
    payers: listed.map((payer: Readonly<Record<string, unknown>>) =>
      payers.some(({ id, cdsBase }) => id === payer.id && cdsBase !== undefined)
        ? { ...payer, cdsBase: `${RELAY_PATH}/payers/${encodeURIComponent(String(payer.id))}/cds` }
        : payer,
    ),
  }
}
