import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../domain/result'
import { createSessionHttp } from './session-http'
import type { EhrConnection } from './smart'

let server: Server
let base: string
let tokens: (string | undefined)[]
let good: string

beforeEach(async () => {
  tokens = []
  server = createServer((request, response) => {
    tokens.push(request.headers.authorization)
    response.writeHead(request.headers.authorization === `Bearer ${good}` ? 200 : 401).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => void server.close())

function connection(renewable: boolean): EhrConnection {
  let token = 'old'
  return {
    token: async () => ok(token),
    renew: async () => {
      if (!renewable) return fail({ kind: 'expired', server: 'EHR' })
      token = 'new'
      return ok(undefined)
    },
    life: () => ({ canRefresh: renewable }),
    subscribe: () => () => {},
    relaunch: async () => ok(undefined),
  }
}

const send = (renewable: boolean) =>
  createSessionHttp({ name: 'EHR', base, within: base }, connection(renewable)).send({
    method: 'POST',
    url: `${base}/Condition`,
    body: '{}',
  })

describe('a 401 from the chart', () => {
  it('renews the token once and tries once more', async () => {
    good = 'new'
    expect((await send(true)).ok).toBe(true)
    expect(tokens).toEqual(['Bearer old', 'Bearer new'])
  })

  it('is an ended session where nothing can be renewed', async () => {
    good = 'new'
    expect(await send(false)).toEqual({ ok: false, problem: { kind: 'expired', server: 'EHR' } })
    expect(tokens).toHaveLength(1)
  })

  it('is an ended session where the new token is refused too', async () => {
    good = 'never'
    expect(await send(true)).toEqual({ ok: false, problem: { kind: 'expired', server: 'EHR' } })
    expect(tokens).toHaveLength(2)
  })
})
