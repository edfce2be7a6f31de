import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { historyReading } from './history'
import { readOwnSearch } from './history-own-search'
import { base, bundle, member, payerWith, record, statement, stateOf } from './paged-payer.testing'

const listed = statement({
  Observation: {
    searchParam: ['patient', 'subject', 'code', 'date', 'performer', '_lastUpdated'].map((name) => ({
      name,
    })),
  },
  Goal: { interaction: [{ code: 'read' }] },
})
const refusal = (written: string): string | undefined => {
  const result = readOwnSearch(written, listed, 'm1')
  return !result.ok && result.problem.kind === 'refused' ? result.problem.message : undefined
}

describe('a search of the user’s own', () => {
  it('is a type and parameters that the payer lists, without the member', () => {
    expect(readOwnSearch(' Observation?code=4548-4&date=ge2025-01-01&code:not=1 ', listed, 'm1')).toEqual({
      ok: true,
      value: {
        type: 'Observation',
        params: [
          ['code', '4548-4'],
          ['date', 'ge2025-01-01'],
          ['code:not', '1'],
        ],
      },
    })
    expect(readOwnSearch('Observation', listed, 'm1')).toMatchObject({ ok: true, value: { params: [] } })
    expect(readOwnSearch('Observation?patient=Patient/m1&code=1', listed, 'm1')).toMatchObject({
      ok: true,
      value: { params: [['code', '1']] },
    })
  })

  it.each([
    ['', /Type a search/],
    ['https://evil.example/Observation?code=1', /without an address/],
    ['//evil.example/Observation', /without an address/],
    ['Observation/_search?code=1', /without an address/],
    ['Observation/1/_history', /without an address/],
    ['Patient/m2/$everything', /Operations/],
    ['$member-match', /Operations/],
    ['Patient?name=Roe', /not a record type/],
    ['Basic', /not a record type/],
    ['Goal?status=x', /does not offer a search of Goal/],
    ['Observation?patient=m2', /Only this member/],
    ['Observation?patient=m1,m2', /Only this member/],
    ['Observation?subject=Patient/m2', /Only this member/],
    ['Observation?subject=https://acme.example/Patient/m2', /Only this member/],
    ['Observation?patient:identifier=urn:m|M2', /Only this member/],
    ['Observation?subject:Patient=m1', /Leave the patient out/],
    ['Observation?performer=Patient/m2', /Only this member/],
    ['Observation?patient.name=Roe', /looks through other records/],
    ['Observation?performer:Organization.name=x', /looks through other records/],
    ['Observation?_has:Provenance:target:agent=x', /looks through other records/],
    ['Observation?_include=Observation:subject', /not a parameter that chooses records/],
    ['Observation?_elements=id', /not a parameter that chooses records/],
    ['Observation?_id=1', /does not list “_id”.*code, date, performer/],
    ['Observation?colour=red', /does not list “colour”/],
    ['Observation?code=', /has no value/],
    ['Observation?code=blood sugar', /spaces/],
  ])('is refused in plain words: %s', (written, words) => {
    expect(refusal(written)).toMatch(words)
  })

  it('is refused where the payer does not say what can be searched for', () => {
    expect(readOwnSearch('Observation?code=1', undefined, 'm1').ok).toBe(false)
  })

  it('never names another patient or a parameter that is not listed, whatever is typed', () => {
    const word = fc.constantFrom(
      'Observation',
      '?',
      '&',
      '=',
      'patient',
      'subject',
      'code',
      'Patient/m2',
      'm2',
      '.',
      ':',
      '%2F',
      '%26',
      '/',
      '$',
      '_has',
      '1',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const result = readOwnSearch(words.join(''), listed, 'm1')
        if (!result.ok) return
        for (const [name, value] of result.value.params) {
          expect(['code', 'date', 'performer', '_lastUpdated']).toContain(name.split(':')[0])
          expect(value).not.toContain('Patient/m2')
        }
      }),
    )
  })

  it('is sent for this member, page by page, and what it finds joins the records once', async () => {
    const { reader, asked } = payerWith(
      {
        Observation: () => ({
          ok: true,
          value:
            asked.length === 1
              ? bundle([record('Observation', '1')])
              : bundle([record('Observation', '1')], `${base}?p=2`),
        }),
        [`${base}?p=2`]: bundle([
          record('Observation', '2'),
          record('Observation', '3', { subject: { reference: 'Patient/m2' } }),
        ]),
      },
      listed,
    )
    const reading = historyReading({ reader, member, onChange: () => undefined })
    await reading.read()
    expect(await reading.search('Observation?code=4548-4')).toEqual({
      ok: true,
      value: { found: 2, fresh: 1, ignored: [], isPart: false },
    })
    expect(asked.slice(1)).toEqual(['Observation?patient=m1&_count=100&code=4548-4', `${base}?p=2`])
    const snapshot = reading.snapshot()
    expect(snapshot.records.map(({ key }) => key)).toEqual(['acme/Observation/1', 'acme/Observation/2'])
    expect([...(snapshot.searched ?? [])]).toEqual(['acme/Observation/1', 'acme/Observation/2'])
    expect([snapshot.duplicates, snapshot.setAside]).toEqual([0, 1])
  })

  it('leaves a type that was not asked for as it stands, and counts right when it is read after all', async () => {
    const { reader } = payerWith({ Observation: bundle([record('Observation', '1')]) }, listed)
    const reading = historyReading({
      reader,
      member,
      onChange: () => undefined,
      scope: { types: ['Condition'] },
    })
    await reading.read()
    await reading.search('Observation?code=1')
    expect(stateOf(reading.snapshot(), 'Observation')).toEqual({ kind: 'skipped' })
    const snapshot = await reading.widen()
    expect(stateOf(snapshot, 'Observation')).toEqual({ kind: 'done', records: 1 })
    expect([snapshot.records.length, snapshot.duplicates]).toEqual([1, 0])
  })

  it('sends nothing where it is refused', async () => {
    const { reader, asked } = payerWith({}, listed)
    const reading = historyReading({ reader, member, onChange: () => undefined })
    await reading.read()
    const before = asked.length
    expect((await reading.search('Observation?patient=m2')).ok).toBe(false)
    expect(asked).toHaveLength(before)
  })
})
