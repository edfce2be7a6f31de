import { parseArgs } from 'node:util'
import { startEhr } from './start'

/** Where `npm start` puts the five payers of the directory. */
const DEFAULT_PAYERS = [5175, 5176, 5177, 5178, 5179].map((port) => `http://localhost:${port}`).join(',')

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5174' },
    app: { type: 'string', default: 'http://localhost:5173' },
    payers: { type: 'string', default: DEFAULT_PAYERS },
    data: { type: 'string', multiple: true, default: [] },
  },
})

const fail = (line: string): never => {
  console.error(line)
  process.exit(1)
}

const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`--port ${values.port} is not a port`)

try {
  const payers = values.payers.split(',').filter(Boolean)
  const ehr = await startEhr({ port, app: values.app, payers, data: values.data })
  const stop = () => void ehr.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  console.log('listening')
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  fail(
    inUse
      ? `port ${port} is in use`
      : `the EHR cannot start: ${error instanceof Error ? error.message : String(error)}`,
  )
}
