import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { requireFreePorts, sandboxConfig } from './stack'

const addressesIn = (config: string) => new Set(config.match(/localhost:\d+/g))

it('moves every address of the shipped configuration with the ports', () => {
  const shipped = addressesIn(sandboxConfig(5173))
  const moved = addressesIn(sandboxConfig(6100))
  expect([...moved].sort()).toEqual([6101, 6102, 6103, 6104, 6105, 6106, 6107].map((p) => `localhost:${p}`))
  expect(moved.size).toBe(shipped.size)
})

it('names the port that is in use, also the last of the eight', async () => {
  const other = createServer().listen(0, 'localhost')
  await once(other, 'listening')
  const address = other.address()
  const taken = typeof address === 'object' && address ? address.port : 0
  await expect(requireFreePorts(taken - 7)).rejects.toThrow(/in use/)
  other.close()
})
