import { getRequestListener } from '@hono/node-server'
import { listenLocally } from '../ehr/listen'
import { terminologyApp } from './terminology-app'
import { widerValueSets } from './value-sets'

/** A terminology service that listens. */
export interface RunningTerminology {
  readonly url: string
  close(): Promise<void>
}

/** Starts the site's terminology service; port 0 = any free port. Rejects with EADDRINUSE, or when a list cannot be read. */
export async function startTerminology(
  port: number,
  now: () => Date = () => new Date(),
): Promise<RunningTerminology> {
  const web = terminologyApp(widerValueSets(), now)
  const server = await listenLocally(port, () =>
    getRequestListener((request, env) => web.fetch(request, env)),
  )
  return { url: `http://localhost:${server.port}`, close: server.close }
}
