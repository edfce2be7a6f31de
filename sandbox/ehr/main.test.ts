import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { APP, startTestEhr } from './test-app'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

let ehr: Awaited<ReturnType<typeof startTestEhr>>
beforeAll(async () => {
  ehr = await startTestEhr()
})
afterAll(() => ehr.close())

/** Runs the process; `onLine` is given its first line of output. */
function run(args: readonly string[], onLine: (line: string, stop: () => void) => void) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, '--app', APP, ...args])
  let errors = ''
  child.stdout.once('data', (chunk) => onLine(String(chunk), () => child.kill('SIGTERM')))
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  return new Promise<{ readonly code: number | null; readonly errors: string }>((resolve) => {
    child.on('exit', (code) => resolve({ code, errors }))
  })
}

it('says that it listens, and ends cleanly on SIGTERM', async () => {
  let first = ''
  const { code } = await run(['--port', '0'], (line, stop) => {
    first = line
    stop()
  })
  expect([first, code]).toEqual(['listening\n', 0])
})

it('names a port that is in use, in one line', async () => {
  const port = new URL(ehr.url).port
  const { code, errors } = await run(['--port', port], (_, stop) => stop())
  expect([code, errors]).toEqual([1, `port ${port} is in use\n`])
})
