import { parseArgs } from 'node:util'
import { clientFrom } from './caller'
import { payerNames } from './payer'
import { DATA, startPayer } from './server'

const { values } = parseArgs({
  options: {
    name: { type: 'string' },
    port: { type: 'string', default: '5175' },
    app: { type: 'string', default: 'http://localhost:5173' },
    data: { type: 'string', multiple: true, default: [] },
    auth: { type: 'boolean', default: false },
    client: { type: 'string', multiple: true, default: [] },
  },
})

const fail = (line: string): never => {
  console.error(line)
  process.exit(1)
}

const { name, app, data, auth } = values
const port = Number(values.port)
const names = payerNames(DATA)
if (!name || !names.includes(name)) fail(`--name must be one of ${names.join(', ')}`)
else if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`--port ${values.port} is not a port`)
else {
  try {
    const payer = await startPayer({ name, port, app, data, auth, signing: values.client.map(clientFrom) })
    const stop = () => void payer.close().then(() => process.exit(0))
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
    console.log('listening')
  } catch (error) {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    fail(
      inUse
        ? `port ${port} is in use`
        : `the payer ${name} cannot start: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
