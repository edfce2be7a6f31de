import type { Clock } from '../domain/ports'
import type { SetupWorld } from '../domain/setup/world'
import type { Site } from '../domain/site'
import { browserProbe } from './setup-probe'
import { randomId, systemClock } from './system'

/** What the page of the set-up check works with: this browser, at this app's own address. */
export const setupWorld = (site: Site): SetupWorld & { readonly clock: Clock } => ({
  site,
  appOrigin: location.origin,
  probe: browserProbe,
  newId: randomId,
  clock: systemClock,
  // The relay's own address stands in the place of what it passes on.
  ...(site.relay !== undefined && {
    isRelayed: ({ cdsBase, fhirBase }, part) =>
      (part === 'services' ? cdsBase : fhirBase)?.startsWith(`${site.relay}/`) === true,
  }),
})
