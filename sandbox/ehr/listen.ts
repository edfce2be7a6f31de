import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const LOOPBACKS = ['127.0.0.1', '::1'] as const

function listenOn(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

const hasNoIpv6 = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/**
 * Listens on this machine's own addresses only, both families, because browsers and Node differ in what `localhost` means first. Port 0 = any free
 * port. `onPort` makes the listener once the port is known. Rejects with EADDRINUSE.
 */
export async function listenLocally(
  port: number,
  onPort: (port: number) => RequestListener | Promise<RequestListener>,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const servers: Server[] = []
  const close = async () => void (await Promise.all(servers.map(closed)))
  let actual = port
  for (const host of LOOPBACKS) {
    const server = createServer()
    try {
      await listenOn(server, actual, host)
    } catch (error) {
      if (host === '::1' && hasNoIpv6(error)) continue
      await close()
      throw error
    }
    servers.push(server)
    actual = (server.address() as AddressInfo).port
  }
  const listener = await onPort(actual)
  for (const server of servers) server.on('request', listener)
  return { port: actual, close }
}
