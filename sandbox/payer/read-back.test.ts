import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readBack } from './read-back'

const saw: string[] = []
const site = createServer((request, response) => {
  saw.push(`${request.method} ${request.url} ${request.headers.authorization}`)
  response.statusCode = 500
  response.end()
})
let own = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, () => resolve()))
  own = `http://localhost:${(site.address() as AddressInfo).port}`
})
afterAll(() => void site.close())
beforeEach(() => void saw.splice(0))

const request = () => ({
  fhirServer: `${own}/relay/facade/acme/1`,
  fhirAuthorization: { access_token: 'narrow' },
  context: { patientId: 'jane' },
})

it('looks at the patient and the coverage, and fails at nothing', async () => {
  await readBack(request(), [own])
  expect(saw.toSorted()).toEqual([
    'GET /relay/facade/acme/1/Coverage?patient=jane Bearer narrow',
    'GET /relay/facade/acme/1/Patient/jane Bearer narrow',
  ])
})

it('reads nowhere but at sites that it knows, and nothing without a token', async () => {
  await readBack(request(), [])
  await readBack(request(), [`${own}.example`])
  await readBack({ ...request(), fhirAuthorization: {} }, [own])
  expect(saw).toEqual([])
})
