import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { FhirStore, loadBundles, loadValueSets } from '../fhir'
import { RequestLog } from '../request-log'
import type { Ehr } from './context'
import { loadFrontDesk } from './front-desk/weeks'
import { listenLocally } from './listen'
import { GrantRegistry } from './smart/grants'
import { createSigningKey } from './smart/id-token'
import { LaunchRegistry } from './smart/launches'
import { createWebsite } from './website'
import { placeWellKnown } from './well-known'

/** How to start the EHR. */
export interface EhrOptions {
  /** 0 = any free port. */
  readonly port: number
  /** Origin of the app. */
  readonly app: string
  /** Base URLs of the payers. */
  readonly payers: readonly string[]
  /** Folders with Bundles beside the demo data. */
  readonly data?: readonly string[]
  /** Epoch milliseconds; tests hold it still. */
  readonly now?: () => number
}

/** An EHR that listens. */
export interface RunningEhr {
  readonly url: string
  close(): Promise<void>
}

const DATA = fileURLToPath(new URL('../data', import.meta.url))

function loadStore(folders: readonly string[], payers: readonly string[], now: () => number): FhirStore {
  const store = new FhirStore({ now: () => new Date(now()) })
  for (const folder of folders) loadBundles(store, folder)
  placeWellKnown(store, payers)
  loadFrontDesk(store)
  store.keepAsLoaded()
  return store
}

const versionKeys = (store: FhirStore): ReadonlySet<string> =>
  new Set(store.types().flatMap((type) => store.all(type).map((r) => `${type}/${r.id}/${r.meta.versionId}`)))

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

/** Starts the EHR; resolves when it listens. Rejects when the port is in use (EADDRINUSE) or the data cannot be read. */
export async function startEhr({
  port,
  app,
  payers,
  data = [],
  now = Date.now,
}: EhrOptions): Promise<RunningEhr> {
  const store = loadStore([join(DATA, 'ehr'), ...data], payers.map(withoutSlash), now)
  const loaded = versionKeys(store)
  const shipped = join(DATA, 'ehr', 'valuesets')
  const valueSets = existsSync(shipped) ? loadValueSets(shipped) : []
  const log = new RequestLog()
  const key = await createSigningKey()

  // What a reset begins anew: launches, codes and tokens live in here.
  const begin = (url: string) => {
    const ehr: Ehr = {
      url,
      app: withoutSlash(app),
      payers: payers.map(withoutSlash),
      store,
      launches: new LaunchRegistry(now),
      grants: new GrantRegistry(now),
      key,
      log,
      now,
      isNew: (type, id) => {
        const version = store.get(type, id)?.meta.versionId
        return version !== undefined && !loaded.has(`${type}/${id}/${version}`)
      },
    }
    return createWebsite(ehr, valueSets, () => {
      store.reset()
      log.clear()
      website = begin(url)
    })
  }
  let website: ReturnType<typeof createWebsite>

  const server = await listenLocally(port, (actual) => {
    website = begin(`http://localhost:${actual}`)
    return getRequestListener((request, env) => website.fetch(request, env))
  })
  return { url: `http://localhost:${server.port}`, close: server.close }
}
