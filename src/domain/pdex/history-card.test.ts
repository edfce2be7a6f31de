import { describe, expect, it } from 'vitest'
import type { InvocationRecord } from '../audit'
import { recordOf } from '../audit-record'
import type { AskWorld } from '../crd/ask'
import { chooseCoverage } from '../crd/coverage'
import { acme, coverage, fhirBase, organization, patient, payerOf, worldOf } from '../crd/samples.test-data'
import { readPage } from '../fhir/bundle'
import type { FhirJson } from '../json'
import type { FhirReader, PayerPort } from '../ports'
import { fail, ok, type Result } from '../result'
import { memberByHook, prepareVisit, readHistoryCard } from './history-card'

const payer = { ...acme, fhirBase: 'https://acme.example/fhir' }
const other = { ...acme, id: 'other', name: 'Other', fhirBase: 'https://other.example/fhir', identifiers: [] }
const jane: FhirJson = { ...patient, birthDate: '1965-07-14', gender: 'female' }
const user = { reference: 'Practitioner/dr1', display: 'Dr. Moreno' }
const check = {
  payers: [payer, other],
  patientId: 'p1',
  now: Date.parse('2026-11-20T12:00:00Z'),
  payerId: 'acme',
  hookInstance: 'h1',
}
const context = {
  v: 1,
  type: 'pdex-member-history',
  payerFhirBase: payer.fhirBase,
  result: 'matched',
  memberIdentifier: { system: 'urn:m', value: 'M-77' },
  ehrPatient: 'p1',
}
const answer = (...contexts: readonly unknown[]) => ({
  cards: contexts.map((appContext) => ({
    summary: 'Acme Health holds history for this member',
    indicator: 'info',
    source: { label: 'Acme' },
    links: [{ label: 'Review', type: 'smart', url: 'https://app.example', appContext }],
  })),
})

function summary() {
  const coverages = [coverage]
  const facts = { patientId: 'p1', fhirBase, coverages, organizations: [organization], payers: [payer] }
  const choice = chooseCoverage({ ...facts, dates: ['2026-11-20'] })
  if (choice.kind !== 'chosen') throw new Error('no coverage')
  return choice.coverage
}

function bench(respond: (hookInstance: string) => Result<unknown>) {
  const cds = payerOf(async () => respond(JSON.parse(cds.sent[0] ?? '{}').hookInstance))
  const service = { id: 'visits', hook: 'appointment-book', prefetch: {}, versions: ['2.2'] } as const
  cds.discover = async () => ok({ services: [{ ...service, configurationOptions: [] }], unreadable: 0 })
  const world: AskWorld = { ...worldOf({ cds, patient: jane }), payers: [payer] }
  const asked: string[] = []
  const unused = () => Promise.reject(new Error('not expected'))
  const reader: FhirReader = {
    name: payer.name,
    base: payer.fhirBase,
    capability: unused,
    next: unused,
    read: unused,
    search: async (type, params) => {
      asked.push(`${type}?${params.map((each) => each.join('=')).join('&')}`)
      return readPage({ resourceType: 'Bundle', entry: [{ resource: { ...jane, id: 'm1' } }] }, payer.name)
    },
  }
  const carried: unknown[] = []
  const members: PayerPort = {
    reader: () => ok(reader),
    memberMatch: unused,
    access: () => ({ kind: 'open' }),
    carry: (given) => void carried.push(given),
  }
  const kept: InvocationRecord[] = []
  return {
    cds,
    world,
    asked,
    kept,
    carried,
    find: async (memberId = 'M-77', asking = world) => {
      const prepared = await prepareVisit({ coverage: summary(), memberId, user }, asking)
      if (prepared.kind !== 'ready') throw new Error(JSON.stringify(prepared.answer))
      return memberByHook(prepared, {
        ask: asking,
        patient: jane,
        members,
        keep: async (question, given) => {
          const record = recordOf(question, given, world.session, world.newId)
          if (record) kept.push(record)
        },
      })
    },
  }
}

describe('memberByHook', () => {
  it('asks the payer about a visit with the member id and the coverage, once, and finds the member of the card', async () => {
    const { cds, find, asked, kept, carried } = bench((hookInstance) =>
      ok(answer(JSON.stringify({ ...context, hookInstance }))),
    )
    expect(await find()).toMatchObject({ kind: 'found', member: { patientId: 'm1' } })
    expect(asked).toEqual(['Patient?identifier=urn:m|M-77'])
    expect(carried).toEqual([])
    expect(cds.sent).toHaveLength(1)
    expect(JSON.parse(cds.sent[0] ?? '')).toMatchObject({
      hook: 'appointment-book',
      context: { userId: 'Practitioner/dr1', patientId: 'p1' },
      extension: {
        memberId: 'M-77',
        coverage: 'Coverage/cov1',
        'davinci-crd.configuration': { 'unsolicited-determ': false },
      },
    })
    expect(kept.map(({ entry }) => [entry.hook, entry.outcome])).toEqual([['appointment-book', 'answered']])
  })

  it('reads with the token that the card brought, and keeps it out of the log', async () => {
    const accessToken = { value: 'payers-own', expires_in: 300 }
    const { find, carried, kept, world } = bench(() =>
      ok(answer(JSON.stringify({ ...context, accessToken }))),
    )
    const launch = { ...payer, authorization: 'launch' as const }
    await find('M-77', { ...world, payers: [launch] })
    expect(carried).toMatchObject([{ payer: launch, value: 'payers-own' }])
    expect(JSON.stringify(kept)).not.toContain('payers-own')
  })

  it('names no member id where none is known', async () => {
    const { cds, find } = bench(() => ok(answer(context)))
    await find(' ')
    expect(JSON.parse(cds.sent[0] ?? '').extension).not.toHaveProperty('memberId')
  })

  it('keeps a call that failed too, and asks for no member', async () => {
    const { find, asked, kept } = bench(() => fail({ kind: 'http', server: 'Acme Health', status: 500 }))
    expect(await find()).toMatchObject({ kind: 'failed', problem: { status: 500 } })
    expect(kept.map(({ entry }) => entry.outcome)).toEqual(['failed'])
    expect(asked).toEqual([])
  })

  it('asks for no member where the card belongs to another question', async () => {
    const { find, asked } = bench(() => ok(answer({ ...context, hookInstance: 'of-another-question' })))
    expect(await find()).toMatchObject({ kind: 'failed', problem: { rule: 'app-context-question' } })
    expect(asked).toEqual([])
  })

  it('is not put together for a payer that is told no identities', async () => {
    const { world, cds } = bench(() => ok(answer(context)))
    const payers = [{ ...payer, deIdentified: true }]
    const question = { coverage: summary(), memberId: 'M-77', user }
    expect((await prepareVisit(question, { ...world, payers })).kind).toBe('not-ready')
    expect(cds.sent).toEqual([])
  })
})

describe('readHistoryCard', () => {
  it.each([
    ['JSON', JSON.stringify(context)],
    ['an object', context],
    ['base64', btoa(JSON.stringify(context))],
  ])('reads the link’s context as %s', (_, appContext) => {
    expect(readHistoryCard(answer('for another app', appContext), check)).toMatchObject({
      kind: 'card',
      context: { memberIdentifier: { value: 'M-77' } },
    })
  })

  it.each([
    ['another patient', { ...context, ehrPatient: 'p2' }, 'app-context-patient'],
    ['a server that is not set up', { ...context, payerFhirBase: 'https://x.example' }, 'app-context-payer'],
    ['another payer than the one asked', { ...context, payerFhirBase: other.fhirBase }, 'app-context-payer'],
    ['a time that is over', { ...context, expires: '2026-11-20T11:00:00Z' }, 'app-context-expired'],
  ])('takes no link that names %s', (_, appContext, rule) => {
    expect(readHistoryCard(answer(appContext), check)).toMatchObject({
      kind: 'unusable',
      problem: { kind: 'refused', rule },
    })
  })

  it('is not led astray by a good link beside one for another patient', () => {
    const both = answer(context, { ...context, ehrPatient: 'p2' })
    expect(readHistoryCard(both, check).kind).toBe('unusable')
  })

  it('gives the payer’s words on the member where there is no link, and no others', () => {
    const cards = [{ summary: 'No authorization needed' }, { summary: 'Unable to match individual' }]
    expect(readHistoryCard({ cards }, check)).toEqual({
      kind: 'no-link',
      words: 'Unable to match individual',
    })
    expect(readHistoryCard({ cards: [] }, check)).toEqual({ kind: 'no-link' })
    expect(readHistoryCard('not an answer', check)).toEqual({ kind: 'no-link' })
  })
})
