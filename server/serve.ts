import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { parseSite } from '../src/domain/site-config'
import { createAppServer } from './app'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}

function readConfig(file: string): unknown {
  if (!existsSync(file)) stop(`There is no configuration file ${file}.`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    stop(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const { values } = parseArgs({
  options: {
    config: { type: 'string' },
    port: { type: 'string', default: '5173' },
    host: { type: 'string', default: 'localhost' },
  },
})
const file = resolve(values.config ?? resolve(root, 'public/config.json'))
const port = Number(values.port)
if (!Number.isInteger(port) || port < 1 || port > 65535)
  stop(`--port wants a number from 1 to 65535, not ${values.port}.`)
const dist = resolve(root, 'dist')
if (!existsSync(resolve(dist, 'index.html'))) stop('The app is not built yet: npm run build')
const config = readConfig(file)
// Behind a proxy the app's own origin is not known here. Paths need one to stand on; the policy says 'self' for it.
const OWN = 'https://self.invalid'
const site = parseSite(config, OWN)
if (!site.ok) {
  const { problem } = site
  stop(
    `${file} cannot be used: ${problem.kind === 'malformed' ? `${problem.path || 'the whole file'}: ${problem.message}` : problem.kind}`,
  )
}
// serve-static wants a path relative to where the process runs.
const app = createAppServer({
  dist: relative(process.cwd(), dist) || '.',
  config,
  site: site.value,
  own: OWN,
})
const server = serve({ fetch: app.fetch, port, hostname: values.host }, () =>
  console.log(`listening http://${values.host}:${port}/`),
)
server.on('error', (error: NodeJS.ErrnoException) =>
  stop(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is in use. Choose another with --port.`
      : `The server stopped: ${error.message}`,
  ),
)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    server.close()
    process.exit(0)
  })
