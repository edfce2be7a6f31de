import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { loadBusyDay } from '../ehr/front-desk/busy'
import { loadFrontDesk } from '../ehr/front-desk/weeks'
import { complaintsAbout, FhirStore, loadBundles, type Stored } from '../fhir'
import { COVERAGE_INFORMATION } from './coverage-information'
import { readProfile } from './extension-profile'
import { at, isObject, type JsonObject, localReference, objectsIn } from './json'
import type { PayerName } from './payer'
import { bundle } from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { cardWith, type Reply, said, send } from './test-payer'

/** Friday: the desk day is today, the next working day is Monday. */
const NOW = new Date('2026-11-20T15:00:00Z')

/** The sandbox EHR's front desk as its payers are asked about it. */
const chart = new FhirStore({ now: () => NOW })
loadBundles(chart, 'sandbox/data/ehr')
loadFrontDesk(chart)
loadBusyDay(chart, {
  count: 240,
  date: '2026-11-30',
  payers: ['acme', 'borealis', 'cedar', 'delta'],
})

const running = new Map<PayerName, Promise<RunningPayer>>()
function payerOf(name: PayerName): Promise<RunningPayer> {
  const known = running.get(name) ?? startPayer({ name, port: 0, app: 'http://app.example', now: () => NOW })
  running.set(name, known)
  return known
}
afterAll(async () => {
  for (const payer of running.values()) await (await payer).close()
})

const plain = (stored: Stored | undefined): JsonObject => JSON.parse(JSON.stringify(stored ?? {}))

const read = (reference: unknown): readonly JsonObject[] => {
  const [type = '', id = ''] = localReference(reference)?.split('/') ?? []
  const found = chart.get(type, id)
  return found ? [plain(found)] : []
}

/** What each prefetch template of a service asks for, by the type in it. */
async function prefetchOf(
  payer: RunningPayer,
  hook: string,
  by: (type: string) => unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const discovery: unknown = await (await fetch(`${payer.url}/cds-services`)).json()
  const service = objectsIn(at(discovery, 'services')).find((each) => each.hook === hook)
  const templates = Object.entries(isObject(service?.prefetch) ? service.prefetch : {})
  return Object.fromEntries(
    templates.flatMap(([key, template]) => {
      const value = by(/^[A-Za-z]+/.exec(String(template))?.[0] ?? '')
      return value === undefined ? [] : [[key, value] as const]
    }),
  )
}

/** A hook as a careful client sends it, with what the payer's templates ask for. */
async function fire(
  hook: string,
  context: JsonObject,
  subject: JsonObject,
  coverage: string,
): Promise<Reply> {
  const sent = plain(chart.get('Coverage', coverage))
  const patient = String(at(sent, 'beneficiary', 'reference'))
  const related = [
    ...objectsIn(subject.participant).flatMap(({ actor, individual }) => [actor, individual]),
    ...objectsIn(subject.location).map(({ location }) => location),
    ...objectsIn(subject.basedOn),
  ].flatMap((reference) => read(at(reference, 'reference')))
  const by = (type: string): unknown => {
    switch (type) {
      case 'Patient':
        return read(patient)[0]
      case 'Coverage':
        return bundle('searchset', [sent, ...read(at(sent, 'payor', 0, 'reference'))])
      case 'Encounter':
        return hook === 'encounter-start' ? subject : undefined
      default:
        return bundle(
          'searchset',
          related.filter(({ resourceType }) => resourceType === type),
        )
    }
  }
  const payer = await payerOf(coverage.split('-').at(-1) ?? '')
  return send(payer, {
    hook,
    hookInstance: randomUUID(),
    fhirServer: 'http://ehr.example/fhir',
    context: { userId: 'Practitioner/bell', patientId: patient.split('/')[1], ...context },
    prefetch: await prefetchOf(payer, hook, by),
    extension: coverage.endsWith('acme') ? { 'davinci-crd.requestedVersion': '2.2' } : {},
  })
}

/** What is said of an appointment of the chart, proposed once more, with these changes. */
function ask(appointment: string, coverage: string, changes: JsonObject = {}): Promise<Reply> {
  const booked = plain(chart.get('Appointment', appointment))
  const proposed = { ...booked, status: 'proposed', ...changes }
  return fire('appointment-book', { appointments: bundle('collection', [proposed]) }, proposed, coverage)
}

const answerOf = async (appointment: string, coverage: string, changes?: JsonObject) => {
  const reply = await ask(appointment, coverage, changes)
  expect([reply.status, reply.refusal]).toEqual([200, ''])
  return { reply, said: said(reply.systemActions[0]) }
}

const reasonsOf = (answer: Readonly<Record<string, readonly unknown[]>>): string =>
  (answer.reason ?? []).map((reason) => String(at(reason, 'text'))).join(' · ')

describe('what a payer says of a visit', () => {
  it.each([
    ['covered, with what to collect', 'hana-sato-visit', 'hana-sato-acme', 'covered', 'no-auth', ''],
    [
      'a place that is not covered',
      'carlos-mendez-visit',
      'carlos-mendez-acme',
      'not-covered',
      undefined,
      'Eastgate Clinic',
    ],
    [
      'a second visit that day',
      'oscar-nunez-visit',
      'oscar-nunez-acme',
      'conditional',
      'no-auth',
      'the same day',
    ],
    [
      'all therapy visits used',
      'dmitri-volkov-therapy',
      'dmitri-volkov-acme',
      'not-covered',
      undefined,
      'All 20 therapy visits',
    ],
    ['some therapy visits left', 'ngozi-eze-therapy', 'ngozi-eze-acme', 'covered', 'no-auth', ''],
    ['no referral', 'tomasz-wilk-therapy', 'tomasz-wilk-acme', 'conditional', 'conditional', 'A referral'],
    [
      'authorization that comes too late',
      'luis-ortega-mri',
      'luis-ortega-acme',
      'covered',
      'auth-needed',
      'the visit is sooner',
    ],
    [
      'authorization that comes in time',
      'maria-quispe-mri',
      'maria-quispe-acme',
      'covered',
      'auth-needed',
      'takes 5 working days',
    ],
    ['authorization on file', 'amina-yusuf-mri', 'amina-yusuf-borealis', 'covered', 'satisfied', ''],
    [
      'out of network',
      'eleni-pappas-visit',
      'eleni-pappas-delta',
      'covered',
      'auth-needed',
      'Dr. Jonas Weber is outside the network',
    ],
    [
      'a coverage that only the payer knows to end',
      'sunita-rao-visit',
      'sunita-rao-acme',
      'not-covered',
      undefined,
      'ends on 2026-11-23',
    ],
    [
      'a coverage that ends in the chart',
      'ivy-coleman-visit',
      'ivy-coleman-borealis',
      'not-covered',
      undefined,
      'ends on 2026-11-23',
    ],
    [
      'nobody of that number',
      'george-platt-visit',
      'george-platt-borealis',
      'conditional',
      undefined,
      'No member was found',
    ],
    [
      'no number at all',
      'lily-nguyen-wellness',
      'lily-nguyen-acme',
      'indeterminate',
      undefined,
      'No member was found',
    ],
    [
      'the performer asks for authorization',
      'beatriz-lopes-colonoscopy',
      'beatriz-lopes-delta',
      'covered',
      'performpa',
      'asks for authorization',
    ],
    ['not covered at all', 'henry-woods-cosmetic', 'henry-woods-acme', 'not-covered', undefined, 'Cosmetic'],
    [
      'a referral for counselling',
      'elsa-holm-counselling',
      'elsa-holm-borealis',
      'conditional',
      'no-auth',
      'A referral is needed',
    ],
    ['the second payer', 'agnes-moore-visit', 'agnes-moore-delta', 'covered', 'no-auth', ''],
  ] as const)('%s', async (_, appointment, coverage, covered, pa, reason) => {
    const answer = await answerOf(appointment, coverage)
    expect(answer.said.covered, JSON.stringify(answer.said)).toEqual([covered])
    expect(answer.said['pa-needed'] ?? []).toEqual(pa === undefined ? [] : [pa])
    expect(reasonsOf(answer.said)).toContain(reason)
    expect(answer.said['coverage-assertion-id']).toHaveLength(1)
  })

  it('has the number of an authorization on file, and none otherwise', async () => {
    const { said: granted } = await answerOf('amina-yusuf-mri', 'amina-yusuf-borealis')
    expect(granted['satisfied-pa-id']).toEqual(['BA-2026-55102'])
    const { said: needed } = await answerOf('luis-ortega-mri', 'luis-ortega-acme')
    expect(needed).not.toHaveProperty('satisfied-pa-id')
  })

  it('changes with the day and with the place', async () => {
    const later = { start: '2026-12-10T08:30:00-06:00', end: '2026-12-10T09:15:00-06:00' }
    const { said: mri } = await answerOf('luis-ortega-mri', 'luis-ortega-acme', later)
    expect(reasonsOf(mri)).toBe('Authorization takes 5 working days')
    const { said: twice } = await answerOf('oscar-nunez-visit', 'oscar-nunez-acme', later)
    expect(twice.covered).toEqual(['covered'])
    const sooner = { start: '2026-11-20T09:00:00-06:00', end: '2026-11-20T09:20:00-06:00' }
    const { said: ending } = await answerOf('sunita-rao-visit', 'sunita-rao-acme', sooner)
    expect(ending.covered).toEqual(['covered'])
    const elsewhere = objectsIn(plain(chart.get('Appointment', 'hana-sato-visit')).participant)
    const { said: there } = await answerOf('carlos-mendez-visit', 'carlos-mendez-acme', {
      participant: objectsIn(plain(chart.get('Appointment', 'carlos-mendez-visit')).participant).map(
        (participant, i) => (i === 2 ? (elsewhere[2] ?? participant) : participant),
      ),
    })
    expect(there.covered).toEqual(['covered'])
  })

  it('says nothing where it has no guidance', async () => {
    const { reply } = await answerOf('patrick-oneil-telehealth', 'patrick-oneil-acme')
    expect(reply.systemActions).toEqual([])
    expect(reply.cards.map(({ summary }) => summary)).toEqual(['Acme Health holds history for this member'])
  })

  it('tells on a card what to collect, and not when nothing is paid', async () => {
    const { reply } = await answerOf('hana-sato-visit', 'hana-sato-acme')
    expect(cardWith(reply, /The member pays \$20/)).toBeDefined()
    for (const [appointment, coverage] of [
      ['carlos-mendez-visit', 'carlos-mendez-acme'],
      ['sunita-rao-visit', 'sunita-rao-acme'],
    ] as const)
      expect(cardWith(await ask(appointment, coverage), /The member pays/)).toBeUndefined()
  })

  it('offers the new member number where the chart has an old one, and changes nothing else', async () => {
    const { reply } = await answerOf('fatima-haidari-visit', 'fatima-haidari-acme')
    const card = cardWith(reply, /new number/)
    const sent = plain(chart.get('Coverage', 'fatima-haidari-acme'))
    expect(at(card, 'suggestions', 0, 'actions', 0)).toMatchObject({
      type: 'update',
      resource: {
        ...sent,
        subscriberId: 'AH71200013',
        identifier: [{ system: 'https://acme-health.example/fhir/member-id', value: 'AH71200013' }],
      },
    })
    expect(said(reply.systemActions[0]).covered).toEqual(['covered'])
  })

  it('in CRD 1.1 stands on cards', async () => {
    const { reply } = await answerOf('mei-chen-mri', 'mei-chen-cedar')
    expect(cardWith(reply, /Covered; prior authorization required/)).toBeDefined()
    expect(cardWith(await ask('jamal-carter-visit', 'jamal-carter-cedar'), /^Covered/)).toBeDefined()
  })
})

describe('what is said when the patient is here', () => {
  it('is the same, without documents', async () => {
    const encounter = plain(chart.get('Encounter', 'hana-sato-visit-here'))
    const reply = await fire('encounter-start', { encounterId: encounter.id }, encounter, 'hana-sato-acme')
    expect([reply.status, reply.refusal]).toEqual([200, ''])
    expect(said(reply.systemActions[0]).covered).toEqual(['covered'])
    expect(cardWith(reply, /The member pays \$20/)).toBeDefined()
  })
})

describe('the crowd of a busy day', () => {
  it('is known to each of the four payers, to the last one', async () => {
    for (const [payer, first] of [
      ['acme', 1],
      ['borealis', 2],
      ['cedar', 3],
      ['delta', 4],
    ] as const)
      for (const n of [first, first + 100, first + 236]) {
        const id = `crowd-${String(n).padStart(3, '0')}`
        const reply = await ask(`${id}-visit`, `${id}-${payer}`)
        expect([id, reply.refusal]).toEqual([id, ''])
        expect(JSON.stringify(reply.body), id).not.toMatch(/No member was found|did not find/)
      }
  })
})

describe('every answer', () => {
  const GUIDES: Readonly<Record<string, string>> = {
    acme: '../shared/ig/davinci-crd-2.2.0-preview.tgz',
    borealis: '../shared/ig/davinci-crd-2.0.1.tgz',
    delta: '../shared/ig/davinci-crd-2.1.0.tgz',
  }

  const asked = chart
    .all('Appointment')
    .filter(({ id }) => !id.startsWith('crowd-'))
    .flatMap((appointment) =>
      objectsIn(plain(appointment).participant)
        .flatMap(({ actor }) => localReference(at(actor, 'reference')) ?? [])
        .filter((reference) => reference.startsWith('Patient/'))
        .flatMap((reference) => chart.search('Coverage', `patient=${reference.split('/')[1]}&status=active`))
        .filter(({ id }) => /-(acme|borealis|delta)$/.test(id))
        .filter((coverage) => String(at(coverage, 'period', 'end') ?? '9') >= '2026-11-20')
        .map((coverage) => ({ appointment: appointment.id, coverage })),
    )

  it('about the two weeks is valid FHIR, and its extensions fit the payer’s guide', async () => {
    expect(asked.length).toBeGreaterThan(80)
    const profiles = new Map(
      Object.entries(GUIDES)
        .filter(([, guide]) => existsSync(guide))
        .map(([payer, guide]) => [payer, readProfile(guide)] as const),
    )
    const complaints = new Set<string>()
    for (const { appointment, coverage } of asked) {
      const reply = await ask(appointment, coverage.id)
      for (const action of reply.systemActions) {
        if (!isObject(action.resource)) continue
        const { extension, ...resource } = action.resource
        for (const complaint of complaintsAbout({ ...resource, resourceType: String(resource.resourceType) }))
          complaints.add(`${appointment}: ${complaint.diagnostics}`)
        const profile = profiles.get(coverage.id.split('-').at(-1) ?? '')
        for (const one of objectsIn(extension).filter(({ url }) => url === COVERAGE_INFORMATION))
          for (const complaint of profile?.complaints(one) ?? [])
            complaints.add(`${appointment}: ${complaint}`)
      }
    }
    expect(complaints).toEqual(new Set())
  }, 20_000)
})
