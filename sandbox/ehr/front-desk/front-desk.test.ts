import type { Bundle as AnyBundle, Appointment, Coverage, FhirResource, Patient } from 'fhir/r4'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { complaintsAbout } from '../../fhir'
import { startTestEhr, TestApp } from '../test-app'

type Bundle = AnyBundle<FhirResource>

let ehr: Awaited<ReturnType<typeof startTestEhr>>
let app: TestApp
beforeAll(async () => {
  ehr = await startTestEhr()
  app = new TestApp(ehr.url)
})
beforeEach(() => fetch(`${ehr.url}/_reset`, { method: 'POST' }))
afterAll(() => ehr.close())

/** What a front desk asks for: everything of everybody that a day's list needs, and nothing clinical. */
const DESK_SCOPE =
  'launch openid fhirUser user/Appointment.rs user/Patient.rs user/Coverage.rs user/Practitioner.rs user/Location.rs user/PractitionerRole.rs user/Organization.rs'

const deskLaunch = (query: Readonly<Record<string, string | undefined>> = {}) =>
  app.connect({ patient: undefined, intent: 'front-desk', ...query }, { scope: DESK_SCOPE })

async function searcher(query: Readonly<Record<string, string | undefined>> = {}) {
  const { body } = await deskLaunch(query)
  return async (search: string): Promise<Bundle> => {
    const response = await app.fhir(search, body.access_token)
    expect(response.status, search).toBe(200)
    return (await response.json()) as Bundle
  }
}

const resources = (bundle: Bundle): readonly FhirResource[] =>
  (bundle.entry ?? []).flatMap(({ resource }) => resource ?? [])
const of = <T extends FhirResource>(bundle: Bundle, type: T['resourceType']): readonly T[] =>
  resources(bundle).filter((resource): resource is T => resource.resourceType === type)
const TODAY = 'Appointment?date=ge2026-11-20&date=lt2026-11-21'

describe('a front-desk launch without a patient', () => {
  it('names the intent and the user, and grants user scopes alone', async () => {
    const { body } = await app.connect(
      { patient: undefined, intent: 'front-desk' },
      { scope: 'launch openid fhirUser patient/*.rs user/Appointment.rs' },
    )
    expect(body).toMatchObject({ intent: 'front-desk', scope: 'launch openid fhirUser user/Appointment.rs' })
    expect(body).not.toHaveProperty('patient')
  })

  it('sees no other type than those it has scopes for', async () => {
    const { body } = await deskLaunch()
    expect((await app.fhir('Condition?patient=hana-sato', body.access_token)).status).toBe(403)
  })

  it.each([
    ['bell', 'Practitioner/bell', 'front-desk'],
    ['vega', 'Practitioner/vega', 'front-desk'],
    ['kim', 'PractitionerRole/kim-lakeside', 'scheduler'],
  ])('of %s says who that is, and the role has a code', async (user, fhirUser, code) => {
    const { body } = await deskLaunch({ user })
    const claims = String(body.id_token).split('.')[1] ?? ''
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).fhirUser).toBe(`${app.iss}/${fhirUser}`)
    const roles = await app.fhir(`PractitionerRole?practitioner=Practitioner/${user}`, body.access_token)
    expect(JSON.stringify(await roles.json())).toContain(`"code":"${code}"`)
  })

  it('is refused for any other intent', async () => {
    const response = await fetch(`${ehr.url}/launch?intent=what-if`, { redirect: 'manual' })
    expect(response.status).toBe(400)
  })
})

describe('the day', () => {
  it('has its appointments with their patients, by place, by practitioner and by status', async () => {
    const find = await searcher()
    const day = await find(`${TODAY}&_include=Appointment:patient&_count=100&_sort=date`)
    expect(day.total).toBe(26)
    expect(of<Patient>(day, 'Patient')).toHaveLength(26)
    const starts = of<Appointment>(day, 'Appointment').map(({ start }) => start ?? '')
    expect(starts).toEqual(starts.toSorted())
    expect(starts[0]).toBe('2026-11-20T08:00:00-06:00')
    expect((await find(`${TODAY}&location=eastgate-clinic`)).total).toBe(1)
    expect((await find(`${TODAY}&actor=Location/riverside-therapy`)).total).toBe(3)
    expect((await find(`${TODAY}&practitioner=Practitioner/raman`)).total).toBe(1)
    expect((await find(`${TODAY}&status=booked,pending`)).total).toBe(25)
    const actors = resources(await find(`${TODAY}&_include=Appointment:actor&location=eastgate-clinic`))
    expect(actors.map(({ resourceType }) => resourceType).sort()).toEqual([
      'Appointment',
      'Location',
      'Patient',
      'Practitioner',
    ])
  })

  it('names nobody in one appointment: who is meant is found by what is included', async () => {
    const find = await searcher()
    const found = await find('Appointment?_id=raj-patel-visit&_include=Appointment:actor')
    const [visit] = of<Appointment>(found, 'Appointment')
    expect(visit?.participant.flatMap(({ actor }) => Object.keys(actor ?? {}))).toEqual(
      Array(3).fill('reference'),
    )
    expect(of<Patient>(found, 'Patient')[0]?.name?.[0]?.family).toBe('Patel')
  })

  it('comes in pages that belong together', async () => {
    const find = await searcher()
    const ids: (string | undefined)[] = []
    let next: string | undefined = `${TODAY}&_count=10`
    while (next !== undefined) {
      const bundle: Bundle = await find(next)
      ids.push(...resources(bundle).map(({ id }) => id))
      next = bundle.link?.find(({ relation }) => relation === 'next')?.url.replace(`${app.iss}/`, '')
    }
    expect([ids.length, new Set(ids).size]).toEqual([26, 26])
  })

  it('has coverages for several patients at once, and patients by name and birth date', async () => {
    const find = await searcher()
    const several = await find('Coverage?patient=hana-sato,agnes-moore,noah-fischer&status=active')
    expect(resources(several).map(({ id }) => id)).toEqual([
      'hana-sato-acme',
      'agnes-moore-acme',
      'agnes-moore-delta',
    ])
    expect((await find('Coverage?beneficiary=Patient/hana-sato')).total).toBe(1)
    expect(resources(await find('Patient?name=sato&birthdate=1984-03-09')).map(({ id }) => id)).toEqual([
      'hana-sato',
    ])
    expect((await find('Patient?name=佐藤')).total).toBe(1)
    expect((await find('Patient?name=sato&birthdate=1984-03-10')).total).toBe(0)
  })

  it('is closed to a launch for one patient that has patient scopes', async () => {
    const { body } = await app.connect(
      { patient: 'hana-sato', intent: 'front-desk' },
      { scope: 'launch patient/*.rs' },
    )
    const own = (await (await app.fhir(TODAY, body.access_token)).json()) as Bundle
    expect(resources(own).map(({ id }) => id)).toEqual(['hana-sato-visit'])
    expect((await app.fhir('Coverage?patient=agnes-moore', body.access_token)).status).toBe(403)
  })
})

describe('the two weeks', () => {
  it('have something on every working day, past ones fulfilled, all of it valid', async () => {
    const find = await searcher()
    const all = await find(
      'Appointment?date=ge2026-11-16&date=lt2026-11-28&_include=Appointment:patient&_count=500',
    )
    const visits = of<Appointment>(all, 'Appointment')
    const days = new Set(visits.map(({ start }) => start?.slice(0, 10)))
    expect([...days].sort()).toHaveLength(10)
    const statusOn = (day: string) =>
      new Set(visits.filter(({ start }) => start?.startsWith(day)).map(({ status }) => status))
    expect(statusOn('2026-11-19')).toEqual(new Set(['fulfilled']))
    expect(new Set(visits.map(({ status }) => status))).toEqual(
      new Set(['fulfilled', 'booked', 'pending', 'cancelled', 'proposed']),
    )
    expect(resources(all).flatMap((resource) => complaintsAbout({ ...resource }))).toEqual([])
  })

  it('have coverages of every kind: ended, cancelled, unknown payer, patient pays, without number', async () => {
    const find = await searcher()
    const of1 = async (patient: string) => of<Coverage>(await find(`Coverage?patient=${patient}`), 'Coverage')
    expect(await of1('noah-fischer')).toEqual([])
    expect(await of1('rosa-delgado')).toMatchObject([
      { status: 'active', period: { end: '2025-12-31' } },
      { status: 'cancelled' },
    ])
    expect(await of1('peter-hall')).toMatchObject([{ payor: [{ display: 'Unlisted Plan' }] }])
    expect(await of1('vera-lindgren')).toMatchObject([
      { type: { coding: [{ code: 'pay' }] }, payor: [{ reference: 'Patient/vera-lindgren' }] },
    ])
    expect((await of1('lily-nguyen'))[0]).not.toHaveProperty('identifier')
    expect((await of1('ivy-coleman'))[0]?.period?.end).toBe('2026-11-23')
  })
})

describe('a busy day', () => {
  it('has two hundred appointments over two payers, until the next reset', async () => {
    const find = await searcher({ busy: '200' })
    const monday = 'Appointment?date=ge2026-11-30&date=lt2026-12-01'
    const day = await find(`${monday}&_include=Appointment:patient&_count=500`)
    expect([day.total, of<Patient>(day, 'Patient').length]).toEqual([200, 200])
    const payers = of<Coverage>(await find('Coverage?_count=500'), 'Coverage')
      .filter(({ id }) => id?.startsWith('crowd-'))
      .map(({ payor }) => payor[0]?.display)
    expect([payers.length, new Set(payers)]).toEqual([200, new Set(['Acme Health', 'Borealis Mutual'])])
    await fetch(`${ehr.url}/_reset`, { method: 'POST' })
    expect((await (await searcher())(monday)).total).toBe(0)
  })

  it('is made by a door too, on any day and over any payers, and made anew each time', async () => {
    const make = (body: object) => fetch(`${ehr.url}/_busy`, { method: 'POST', body: JSON.stringify(body) })
    await make({ count: 50 })
    const made = await make({ count: 9, payers: 'cedar,delta,none', date: '2026-12-10' })
    expect(await made.json()).toMatchObject({ count: 9, date: '2026-12-10' })
    const find = await searcher()
    expect((await find('Appointment?date=ge2026-11-30&_count=0')).total).toBe(10)
    expect((await find('Coverage?patient=crowd-001,crowd-002,crowd-003')).total).toBe(2)
    for (const wrong of [
      { count: 0 },
      { count: 1000 },
      { count: 5, payers: 'nobody' },
      { count: 5, date: 'soon' },
      {},
    ])
      expect((await make(wrong)).status, JSON.stringify(wrong)).toBe(400)
  })
})
