import { parseArgs } from 'node:util'
import { clientFrom } from '../payer/caller'
import { payerNames } from '../payer/payer'
import { DATA, startPayer } from '../payer/server'
import { startTerminology } from '../terminology/server'

/** Several small servers in one process, each on a port of its own: a computer with two cores starts five processes, not eight. */
const { values } = parseArgs({
  options: {
    payer: { type: 'string', multiple: true, default: [] },
    terminology: { type: 'string' },
    app: { type: 'string', default: 'http://localhost:5173' },
    client: { type: 'string', multiple: true, default: [] },
  },
})

const fail = (line: string): never => {
  console.error(line)
  process.exit(1)
}

const portFrom = (text: string): number => {
  const port = Number(text)
  return Number.isInteger(port) && port >= 0 && port <= 65535 ? port : fail(`${text} is not a port`)
}

const names = payerNames(DATA)
const payers = values.payer.map((text) => {
  const [name = '', port = ''] = text.split('=')
  if (!names.includes(name) || port === '')
    fail(`--payer wants name=port, the name being one of ${names.join(', ')}`)
  return { name, port: portFrom(port) }
})

const signing = values.client.map((text) => {
  try {
    return clientFrom(text)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
})

const started = await Promise.allSettled([
  ...payers.map(({ name, port }) => startPayer({ name, port, app: values.app, signing })),
  ...(values.terminology === undefined ? [] : [startTerminology(portFrom(values.terminology))]),
])
for (const attempt of started) {
  if (attempt.status === 'fulfilled') continue
  const { reason }: { reason: unknown } = attempt
  fail(reason instanceof Error ? `cannot start: ${reason.message}` : String(reason))
}
const stop = () =>
  void Promise.all(
    started.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value.close()] : [])),
  ).then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
console.log('listening')
