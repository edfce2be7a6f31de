import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

const run = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })

const firstChunk = async (stream: NodeJS.ReadableStream | null): Promise<string> =>
  String((await once(stream ?? process.stdin, 'data'))[0])

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const address = probe.address()
  const port = typeof address === 'object' && address ? address.port : 0
  probe.close()
  await once(probe, 'close')
  return port
}

it('serves each on a port of its own and ends cleanly', { timeout: 30_000 }, async () => {
  const [cedar, oddity, terminology] = [await freePort(), await freePort(), await freePort()]
  const child = run(
    ...['--payer', `cedar=${cedar}`, '--payer', `oddity=${oddity}`, '--terminology', `${terminology}`],
  )
  expect(await firstChunk(child.stdout)).toBe('listening\n')
  const discovered = async (port: number) => (await fetch(`http://localhost:${port}/cds-services`)).text()
  expect(await discovered(cedar)).toContain('davinci-guard')
  expect(await discovered(oddity)).not.toContain('davinci-guard')
  expect((await fetch(`http://localhost:${terminology}/fhir/metadata`)).status).toBe(200)
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
})

it('fails in one line when a payer is unknown', { timeout: 30_000 }, async () => {
  const child = run('--payer', 'nobody=0')
  expect(await firstChunk(child.stderr)).toMatch(/^--payer wants name=port/)
  expect((await once(child, 'exit'))[0]).toBe(1)
})
