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

it('says that it listens and ends cleanly when told to', { timeout: 30_000 }, async () => {
  const child = run('--name', 'acme', '--port', '0')
  expect(await firstChunk(child.stdout)).toBe('listening\n')
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
})

it('names the port that is in use and fails', { timeout: 30_000 }, async () => {
  const other = createServer().listen(0)
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const child = run('--name', 'borealis', '--port', port)
  expect(await firstChunk(child.stderr)).toBe(`port ${port} is in use\n`)
  expect((await once(child, 'exit'))[0]).toBe(1)
  other.close()
})
