import { afterAll, beforeAll, expect, it } from 'vitest'
import { redirectOf, startTestEhr, TestApp } from '../test-app'

let ehr: Awaited<ReturnType<typeof startTestEhr>>
let app: TestApp
const scope = 'launch/patient openid fhirUser patient/*.rs'

beforeAll(async () => {
  ehr = await startTestEhr()
  app = new TestApp(ehr.url)
})
afterAll(() => ehr.close())

it('asks who it is, then for which patient, and gives that patient to the app', async () => {
  const signIn = await (await app.authorize({ scope })).text()
  expect(signIn).toContain('value="moreno"')
  const picker = await (await app.authorize({ scope, sandbox_user: 'osei' })).text()
  expect(picker).toContain('value="ben-okafor"')
  const back = redirectOf(await app.authorize({ scope, sandbox_user: 'osei', sandbox_patient: 'ben-okafor' }))
  expect(back.get('state')).toBe('state-1')
  const { body } = await app.exchange(back.get('code') ?? '')
  expect(body.patient).toBe('ben-okafor')
})

it('finds a patient by any of the names, whatever the accents', async () => {
  const found = async (words: string) =>
    (await app.authorize({ scope, sandbox_user: 'moreno', sandbox_search: words })).text()
  expect(await found('zolc')).toContain('value="zofia-zolc"')
  expect(await found('zolc')).not.toContain('value="jane-roe"')
  expect(await found('Wei Zhang')).toContain('value="wei-zhang"')
  expect(await found('nobody at all')).toContain('No patient is called that')
})

it('does not ask for a patient when the app wants none, and grants no patient scope then', async () => {
  const wanted = 'openid patient/*.rs user/*.rs'
  const back = redirectOf(await app.authorize({ scope: wanted, sandbox_user: 'moreno' }))
  const { body } = await app.exchange(back.get('code') ?? '')
  expect(body.patient).toBeUndefined()
  expect(body.scope).toBe('openid user/*.rs')
})

it('tells the app access_denied when the person cancels, at either step', async () => {
  for (const step of [{}, { sandbox_user: 'moreno' }]) {
    const back = redirectOf(await app.authorize({ scope, ...step, cancel: '1' }))
    expect([back.get('error'), back.get('state')]).toEqual(['access_denied', 'state-1'])
  }
})

it('binds the faults of a standalone launch link to what is authorized next in that browser', async () => {
  const link = await fetch(
    `${ehr.url}/launch?standalone=1&patient=ben-okafor&fault=no-fhiruser,short-token:9`,
    {
      redirect: 'manual',
    },
  )
  expect(redirectOf(link).get('launch')).toBeNull()
  const cookie = link.headers.get('Set-Cookie')?.split(';')[0] ?? ''
  const url = app.authorizeUrl({ scope, sandbox_user: 'moreno', sandbox_patient: 'jane-roe' })
  const back = redirectOf(await fetch(url, { redirect: 'manual', headers: { Cookie: cookie } }))
  expect((await app.exchange(back.get('code') ?? '')).body.expires_in).toBe(9)
  const again = await fetch(url, { redirect: 'manual', headers: { Cookie: cookie } })
  expect(again.headers.get('Set-Cookie')).toContain('Max-Age=0')
})

it('knows no patient that nobody chose, even if the launch link named one', async () => {
  const link = await fetch(`${ehr.url}/launch?standalone=1&patient=ben-okafor`, { redirect: 'manual' })
  const Cookie = link.headers.get('Set-Cookie')?.split(';')[0] ?? ''
  const url = app.authorizeUrl({ scope: 'user/*.rs', sandbox_user: 'moreno' })
  const back = redirectOf(await fetch(url, { redirect: 'manual', headers: { Cookie } }))
  expect((await app.exchange(back.get('code') ?? '')).body.patient).toBeUndefined()
})
