import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../result'
import { type HistorySnapshot, historyReading } from './history'
import {
  base,
  bundle,
  http,
  member,
  payerWith,
  read,
  record,
  statement,
  stateOf,
} from './paged-payer.testing'

describe('historyReading', () => {
  it('follows every page and counts what it read', async () => {
    const { reader, asked } = payerWith({
      Condition: bundle([record('Condition', '1'), record('Condition', '2')], `${base}?p=2`, 3),
      [`${base}?p=2`]: bundle([record('Condition', '3')]),
    })
    const snapshot = await read(reader)
    expect(snapshot.records.map((r) => r.key)).toEqual([
      'acme/Condition/1',
      'acme/Condition/2',
      'acme/Condition/3',
    ])
    expect(snapshot.types[0]).toEqual({
      type: 'Condition',
      state: { kind: 'done', records: 3 },
      claimed: 3,
      pages: 2,
    })
    expect(asked).toContain(`${base}?p=2`)
    expect(snapshot.running).toBe(false)
  })

  it('asks only for what the payer lists', async () => {
    const { reader, asked } = payerWith(
      {},
      statement({
        Condition: { searchRevInclude: ['Provenance:target'] },
        MedicationRequest: { searchInclude: ['MedicationRequest:medication'] },
      }),
    )
    const snapshot = await read(reader)
    expect(asked).toEqual([
      'Condition?patient=m1&_count=100&_revinclude=Provenance:target',
      'MedicationRequest?patient=m1&_count=100&_include=MedicationRequest:medication',
    ])
    expect(stateOf(snapshot, 'Procedure')).toEqual({ kind: 'not-offered' })
  })

  it('reads the records alone where the payer refuses what should come along', async () => {
    const { reader, asked } = payerWith({ MedicationRequest: bundle([record('MedicationRequest', '1')]) })
    const strict: typeof reader = {
      ...reader,
      search: (type, params) =>
        params.some(([name]) => name === '_include')
          ? Promise.resolve(fail(http(400)))
          : reader.search(type, params),
    }
    expect(stateOf(await read(strict), 'MedicationRequest')).toEqual({ kind: 'done', records: 1 })
    expect(asked).toContain('MedicationRequest?patient=m1&_count=100')
  })

  it('asks by category where the payer refuses a search by patient alone, and tells it', async () => {
    const { reader, asked } = payerWith({ Observation: bundle([record('Observation', '1')]) })
    const strict: typeof reader = {
      ...reader,
      search: (type, params) =>
        type === 'Observation' && !params.some(([name]) => name === 'category')
          ? Promise.resolve(fail(http(400)))
          : reader.search(type, params),
    }
    const snapshot = await read(strict)
    expect(snapshot.types.find((t) => t.type === 'Observation')).toMatchObject({
      state: { kind: 'done', records: 1 },
      narrowed: 'category',
    })
    expect(asked.find((url) => url.startsWith('Observation?'))).toMatch(/&category=laboratory,vital-signs,/)
  })

  it('asks for coverage by the parameter that the payer lists', async () => {
    const { reader, asked } = payerWith(
      {},
      statement({ Coverage: { searchParam: [{ name: 'beneficiary' }] } }),
    )
    await read(reader)
    expect(asked).toEqual(['Coverage?beneficiary=Patient/m1&_count=100'])
  })

  it('keeps a coverage and a bill of the member', async () => {
    const snapshot = await read(
      payerWith({
        Coverage: bundle([{ resourceType: 'Coverage', id: '1', beneficiary: { reference: 'Patient/m1' } }]),
        ExplanationOfBenefit: bundle([
          { resourceType: 'ExplanationOfBenefit', id: '1', patient: { reference: 'Patient/m1' } },
        ]),
      }).reader,
    )
    expect(snapshot.records.map((r) => [r.key, r.provenance.origin])).toEqual([
      ['acme/ExplanationOfBenefit/1', 'billing-derived'],
      ['acme/Coverage/1', 'unknown'],
    ])
  })

  it.each([
    ['shows no member', `${base}/Condition?_count=100`, ['patient']],
    ['shows another filter only', `${base}/Condition?status=x&_count=100`, ['patient']],
    ['shows the member by another name', `${base}/Condition?subject=Patient/m1`, undefined],
    ['shows the member with a chain', `${base}/Condition?patient:Patient=m1`, undefined],
    ['is a stored search', `${base}?_getpages=1`, undefined],
  ])('notices what was ignored where the self link %s', async (_, self, ignored) => {
    const page = { resourceType: 'Bundle', link: [{ relation: 'self', url: self }] }
    const snapshot = await read(payerWith({ Condition: page }).reader)
    expect(snapshot.types[0]?.ignored).toEqual(ignored)
  })

  it('reads four types at a time and no more', async () => {
    const { reader } = payerWith({})
    let [now, most] = [0, 0]
    const slow: typeof reader = {
      ...reader,
      search: async (type, params) => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setTimeout(resolve, 1))
        now -= 1
        return reader.search(type, params)
      },
    }
    await read(slow)
    expect(most).toBe(4)
  })

  it('asks for a type that the payer lists without saying what can be done with it', async () => {
    const silent = statement({
      Condition: { interaction: undefined },
      Procedure: { interaction: [{ code: 'read' }] },
    })
    const snapshot = await read(payerWith({}, silent).reader)
    expect(stateOf(snapshot, 'Condition')).toEqual({ kind: 'done', records: 0 })
    expect(stateOf(snapshot, 'Procedure')).toEqual({ kind: 'not-offered' })
  })

  it.each<[string, () => Result<unknown>, object]>([
    ['not shared', () => fail(http(403)), { kind: 'not-shared' }],
    ['not offered', () => fail(http(404)), { kind: 'not-offered' }],
    ['a fault', () => fail(http(500)), { kind: 'failed', records: 0 }],
    ['no bundle', () => ok({ resourceType: 'Patient' }), { kind: 'failed', problem: { kind: 'malformed' } }],
    ['none', () => ok(bundle([])), { kind: 'done', records: 0 }],
  ])('tells %s from the others', async (_, answer, state) => {
    const snapshot = await read(
      payerWith({ Procedure: answer, Condition: bundle([record('Condition', '1')]) }).reader,
    )
    expect(stateOf(snapshot, 'Procedure')).toMatchObject(state)
    expect(stateOf(snapshot, 'Condition')).toEqual({ kind: 'done', records: 1 })
  })

  it('goes on at the page that failed', async () => {
    let broken = true
    const { reader, asked } = payerWith({
      Condition: bundle([record('Condition', '1')], `${base}?p=2`),
      [`${base}?p=2`]: () => (broken ? fail(http(503)) : ok(bundle([record('Condition', '2')]))),
    })
    const reading = historyReading({ reader, member, onChange: () => undefined })
    expect(stateOf(await reading.read(), 'Condition')).toMatchObject({ kind: 'failed', records: 1 })
    broken = false
    asked.length = 0
    expect(stateOf(await reading.read(), 'Condition')).toEqual({ kind: 'done', records: 2 })
    expect(asked).toEqual([`${base}?p=2`])
  })

  it('stops when told and goes on from there', async () => {
    const { reader } = payerWith({
      Condition: bundle([record('Condition', '1')], `${base}?p=2`),
      [`${base}?p=2`]: bundle([record('Condition', '2')]),
    })
    let stopped = false
    const reading = historyReading({
      reader,
      member,
      onChange: (snapshot) => {
        if (snapshot.records.length === 1 && !stopped) reading.stop()
        stopped ||= snapshot.records.length === 1
      },
    })
    const first = await reading.read()
    expect(stateOf(first, 'Condition')).toEqual({ kind: 'stopped', records: 1, why: 'user' })
    expect(stateOf(first, 'Encounter')).toMatchObject({ kind: 'stopped' })
    const second = await reading.read()
    expect(stateOf(second, 'Encounter')).toMatchObject({ kind: 'done' })
  })

  it('ends a circle of pages', async () => {
    const { reader } = payerWith({
      Condition: bundle([record('Condition', '1')], `${base}?p=2`),
      [`${base}?p=2`]: bundle([record('Condition', '2')], `${base}?p=2`),
    })
    expect(stateOf(await read(reader), 'Condition')).toMatchObject({ kind: 'failed', records: 2 })
  })

  it('stops at the page limit, and reads on when asked', async () => {
    const { reader } = payerWith({
      Condition: bundle([record('Condition', '1')], `${base}?p=2`),
      [`${base}?p=2`]: bundle([record('Condition', '2')]),
    })
    const reading = historyReading({ reader, member, onChange: () => undefined, pageLimit: 1 })
    expect(stateOf(await reading.read(), 'Condition')).toMatchObject({ kind: 'stopped', why: 'page-limit' })
    expect(stateOf(await reading.read(), 'Condition')).toMatchObject({ kind: 'done', records: 2 })
  })

  it.each<[string, unknown, number]>([
    ['another patient', { reference: 'Patient/m2' }, 0],
    ["another server's patient of the same id", { reference: 'https://other.example/Patient/m1' }, 0],
    ['a group', { reference: 'Group/m1' }, 0],
    ['nobody', undefined, 0],
    ['the member, absolutely', { reference: `${base}/Patient/m1` }, 1],
    ['the member by identifier', { identifier: { system: 'urn:m', value: 'M1' } }, 1],
  ])('sorts a record about %s', async (_, subject, count) => {
    const snapshot = await read(
      payerWith({ Condition: bundle([record('Condition', '1', { subject })]) }).reader,
    )
    expect(snapshot.records).toHaveLength(count)
    expect(snapshot.setAside).toBe(1 - count)
  })

  const inner = 'http://fhir.internal:8080/r4'
  const about = (reference: string) => record('Condition', '1', { subject: { reference } })
  const from = (self: string, ...resources: readonly unknown[]) => ({
    resourceType: 'Bundle',
    link: [{ relation: 'self', url: self }],
    entry: resources.map((resource) => ({ resource })),
  })

  it.each<[string, string, string, number]>([
    ['by the address of its own answer', `${inner}/Condition?patient=m1`, `${inner}/Patient/m1`, 1],
    ['by that of a search by POST', `${inner}/Condition/_search?patient=m1`, `${inner}/Patient/m1`, 1],
    ['of another id', `${inner}/Condition?patient=m1`, `${inner}/Patient/m2`, 0],
    ['by another address', `${inner}/Condition?patient=m1`, 'http://fhir.internal/r4/Patient/m1', 0],
    ['where the answer does not say', `${inner}?_getpages=1`, `${inner}/Patient/m1`, 0],
  ])('behind a gateway takes a record about the member %s', async (_, self, reference, count) => {
    const { reader, asked } = payerWith({ Condition: from(self, about(reference)) })
    const snapshot = await read(reader)
    expect([snapshot.records.length, snapshot.setAside]).toEqual([count, 1 - count])
    expect(asked.filter((address) => address.includes('internal'))).toEqual([])
  })

  it('behind a gateway takes a record about the member by the address at which the payer has that member', async () => {
    const { reader } = payerWith({ Condition: bundle([about(`${inner}/Patient/m1`)]) })
    expect((await read(reader)).setAside).toBe(1)
    const snapshot = await read(reader, { member: { ...member, base: inner } })
    expect([snapshot.records.length, snapshot.setAside]).toEqual([1, 0])
  })

  it('behind a gateway reads who it names at the known address, and nowhere else', async () => {
    const named = { performer: [{ actor: { reference: `${inner}/Practitioner/d` } }] }
    const { reader, asked } = payerWith({
      Procedure: from(`${inner}/Procedure?patient=m1`, record('Procedure', '1', named)),
      Practitioner: bundle([{ resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr. D' }] }]),
    })
    let last: HistorySnapshot | undefined
    const onChange = (snapshot: HistorySnapshot): void => {
      last = snapshot
    }
    await historyReading({ reader, member, onChange }).read()
    await expect.poll(() => last?.records[0]?.display.who).toBe('Dr. D')
    expect(asked.filter((address) => address.startsWith('Practitioner'))).toEqual(['Practitioner?_id=d'])
  })

  it('keeps the later version of a record that comes twice', async () => {
    const version = (lastUpdated: string) => record('Condition', '1', { meta: { lastUpdated } })
    const { reader } = payerWith({
      Condition: bundle([
        version('2024-01-01T00:00:00Z'),
        version('2025-01-01T00:00:00Z'),
        version('2023-01-01T00:00:00Z'),
      ]),
    })
    const snapshot = await read(reader)
    expect(snapshot.duplicates).toBe(2)
    expect(snapshot.records.map((r) => (r.resource.meta as { lastUpdated: string }).lastUpdated)).toEqual([
      '2025-01-01T00:00:00Z',
    ])
  })

  it('tells partial answers and what it could not read', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'warning', diagnostics: 'Older than 2016 left out' }],
    }
    const snapshot = await read(payerWith({ Condition: bundle([outcome, null, { resourceType: 7 }]) }).reader)
    expect(snapshot.warnings).toEqual(['Older than 2016 left out'])
    expect(snapshot.types.filter((t) => t.partial).map((t) => t.type)).toEqual(['Condition'])
    expect(snapshot.unreadable).toBe(2)
  })

  it('takes Provenance to its record, also from a later page', async () => {
    const provenance = {
      resourceType: 'Provenance',
      id: 'p',
      target: [{ reference: 'Condition/1' }],
      entity: [
        {
          extension: [
            {
              url: 'http://hl7.org/fhir/us/davinci-pdex/StructureDefinition/ProvenanceSourceFrom',
              valueCodeableConcept: { coding: [{ code: 'x12837' }] },
            },
          ],
        },
      ],
    }
    const { reader } = payerWith({
      Condition: bundle([record('Condition', '1')], `${base}?p=2`),
      [`${base}?p=2`]: bundle([provenance]),
    })
    const snapshot = await read(reader)
    expect(snapshot.records[0]?.provenance.origin).toBe('billing-derived')
  })

  it.each([
    ['a small letter, as PDex samples write it', { reference: 'condition/1' }, undefined],
    ['the whole bundle', { reference: 'Bundle/b1' }, 'b1'],
  ])('takes Provenance that targets %s to its record', async (_, target, id) => {
    const agent = [{ type: { coding: [{ code: 'transmitter' }] }, who: { display: 'Older payer' } }]
    const provenance = { resourceType: 'Provenance', id: 'p', target: [target], agent }
    const page = { ...(bundle([record('Condition', '1'), provenance]) as object), id }
    const snapshot = await read(payerWith({ Condition: page }).reader)
    expect(snapshot.records[0]?.provenance.transmitter).toBe('Older payer')
  })

  it('reads 10,000 records in time that grows with their number', async () => {
    const many = (count: number): Record<string, unknown> => {
      const pages: Record<string, unknown> = {}
      for (let page = 0; page * 100 < count; page += 1) {
        const rows = Array.from({ length: 100 }, (_, i) => record('Condition', `${page * 100 + i}`))
        const next = (page + 1) * 100 < count ? `${base}?p=${page + 1}` : undefined
        pages[page === 0 ? 'Condition' : `${base}?p=${page}`] = bundle(rows, next)
      }
      return pages
    }
    let handed = 0
    const { reader } = payerWith(many(10_000))
    const snapshot = await read(reader, { onChange: () => (handed += 1) })
    expect(snapshot.records).toHaveLength(10_000)
    expect(handed).toBeLessThan(250)
  })
})
