import { parseArgs } from 'node:util'
import { buildApp } from './build'
import { requireFreePorts, startStack } from './stack'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5173' },
    dev: { type: 'boolean', default: false },
    /** The browser asks the payers itself. */
    'no-relay': { type: 'boolean', default: false },
    data: { type: 'string', multiple: true },
  },
})
const port = Number(values.port)

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}

if (!Number.isInteger(port) || port < 1024 || port > 65528)
  stop(`--port wants a number from 1024 to 65528, not ${values.port}.`)
const inWords = (error: unknown): never => stop(error instanceof Error ? error.message : String(error))

// Before the build, which would change the files under a sandbox that runs already.
await requireFreePorts(port).catch(inWords)
if (!values.dev) {
  console.log('Building the app …')
  await buildApp()
}
const app = values.dev ? 'dev' : values['no-relay'] ? 'built' : 'relay'
const stack = await startStack({
  port,
  app,
  ...(values.data && { data: values.data }),
  onExit: (name) => stop(`${name} stopped by itself: see above.`),
}).catch(inWords)

const launch = (query: string) => `${stack.ehr}/launch?${query}`
console.log(`Ready: ${stack.ehr}/
  What-if, from the app menu   ${launch('patient=jane-roe&user=moreno')}
  Member history, from a card  ${stack.ehr}/appointments (book one for Jane Roe, then open the card's link)
  Front desk, from a schedule  ${stack.ehr}/schedule
  In a frame, 320 px wide      ${launch('patient=jane-roe&user=moreno&frame=1&width=320')}
  A read-only EHR              ${launch('patient=jane-roe&user=moreno&personality=readonly')}
  Two payers for one patient   ${launch('patient=grace-whitfield&user=moreno')}
  Any failure is a link        ${launch('patient=jane-roe&user=moreno&fault=deny')}
${app === 'relay' ? `  The site’s own log           ${launch('patient=jane-roe&user=ruiz')} (Site log)\n` : ''}Stop with Ctrl-C.`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void stack.close().then(() => process.exit(0)))
