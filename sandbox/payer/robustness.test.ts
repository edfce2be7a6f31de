import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isObject } from './json'
import { deviceRequest, hookRequest, JANE } from './sample-requests'
import { type RunningPayer, startPayer } from './server'

let acme: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example' })
})

afterAll(() => acme.close())

/** Every path into a JSON value. */
function pathsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  const children = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : []
  return [path, ...children.flatMap(([key, child]) => pathsIn(child, [...path, key]))]
}

/** The value with what stands at a path replaced. */
function withAt(value: unknown, [key, ...rest]: readonly (string | number)[], replacement: unknown): unknown {
  if (key === undefined) return replacement
  if (Array.isArray(value))
    return value.map((element, index) => (index === key ? withAt(element, rest, replacement) : element))
  return isObject(value) ? { ...value, [key]: withAt(value[key], rest, replacement) } : replacement
}

it('answers or refuses whatever stands anywhere in a request, and never fails', async () => {
  const sample = hookRequest(JANE, [deviceRequest('E0601', { parameter: [{ valueQuantity: { value: 1 } }] })])
  const anywhere = fc.constantFrom(...pathsIn(sample))
  await fc.assert(
    fc.asyncProperty(anywhere, fc.jsonValue(), async (path, junk) => {
      const body = JSON.stringify(withAt({ ...sample, hookInstance: randomUUID() }, path, junk))
      const headers = { 'content-type': 'application/json' }
      const { status } = await fetch(`${acme.url}/cds-services/order-sign-crd`, {
        method: 'POST',
        headers,
        body,
      })
      expect([200, 400, 412, 422]).toContain(status)
    }),
    { numRuns: 300 },
  )
})

it('refuses junk at the doors beside it', async () => {
  const post = async (path: string, body: string) =>
    (
      await fetch(`${acme.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
    ).status
  expect(await post('/_faults', 'x')).toBe(400)
  expect(await post('/fhir/Patient/$member-match', 'x')).toBe(400)
  expect(await post('/fhir/Patient/$member-match', '[null]')).toBe(400)
  expect(await post('/oauth/token', '{')).toBe(401)
})
