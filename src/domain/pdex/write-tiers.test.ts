import { describe, expect, it } from 'vitest'
import { at, text } from '../json'
import type { PdfPort } from '../ports'
import { fail, ok } from '../result'
import { CONTENT_TYPES } from './document-files'
import type { AttachmentKind, EhrProfileId } from './ehr-profile'
import { ehrProfile } from './ehr-profiles'
import { type Config, type Fault, simulatedEhr } from './simulated-ehr.testing'
import { runWrite, sessionRefusals, settleByUser } from './write'
import { planWrite } from './write-plan'
import { able, attachments, copies, plan, record, records, states, untilEnd } from './write-scenario.testing'

const documentsOf = (ehr: ReturnType<typeof simulatedEhr>) =>
  ehr.stored.filter((r) => r.resourceType === 'DocumentReference')
const typesOf = (ehr: ReturnType<typeof simulatedEhr>) =>
  documentsOf(ehr).map((document) => attachments(document).map(({ type }) => type))
const takes = (...kinds: readonly AttachmentKind[]): Config => ({
  ...able,
  attachments: kinds.map((kind) => CONTENT_TYPES[kind]),
})

describe('the form of the document', () => {
  it.each<[string, Config, readonly string[][]]>([
    ['all', able, [[CONTENT_TYPES.bundle, CONTENT_TYPES.pdf]]],
    ['one content', { ...able, oneContent: true }, [[CONTENT_TYPES.pdf], [CONTENT_TYPES.bundle]]],
    ['no bundle', takes('pdf', 'html', 'text'), [[CONTENT_TYPES.pdf]]],
    ['no PDF', takes('bundle', 'html', 'text'), [[CONTENT_TYPES.html]]],
    ['strict XHTML', takes('xhtml'), [[CONTENT_TYPES.xhtml]]],
    ['plain text', takes('text'), [[CONTENT_TYPES.text]]],
    ['RTF', takes('rtf'), [[CONTENT_TYPES.rtf]]],
    ['none', takes(), []],
  ])('is found by refusal where the chart takes %s', async (_, config, types) => {
    for (const refusal of [400, 403, 415, 422]) {
      const ehr = simulatedEhr({ ...config, refusal })
      const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
      expect(typesOf(ehr)).toEqual(types)
      expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
      expect(states(report)[1]).toBe(types.length === 0 ? 'download' : 'in-document')
    }
  })

  it.each<[EhrProfileId, readonly string[][]]>([
    ['generic', [[CONTENT_TYPES.bundle, CONTENT_TYPES.pdf]]],
    ['oracle', [[CONTENT_TYPES.pdf]]],
    ['athena-flow', [[CONTENT_TYPES.rtf]]],
    ['eclinicalworks', [[CONTENT_TYPES.pdf]]],
    ['meditech', []],
  ])('comes from the profile %s, at the first attempt', async (id, types) => {
    const ehr = simulatedEhr(able)
    const report = await runWrite(plan(ehr, records, ehrProfile(id)), 's1', ehr.dependencies)
    expect(typesOf(ehr)).toEqual(types)
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })

  it('that was refused once is not tried again in this session, and the next plan knows', async () => {
    const ehr = simulatedEhr(takes('text'))
    await runWrite(plan(ehr, records.slice(0, 2)), 's1', ehr.dependencies)
    const sent = ehr.posts()
    await runWrite(plan(ehr, records.slice(3, 4)), 's1', ehr.dependencies)
    expect(ehr.posts()).toBe(sent + 1)
    const refused = await sessionRefusals('s1', 'chart-patient', ehr.dependencies.journal)
    expect([...(refused?.forms ?? [])]).toEqual(['bundle-pdf', 'pdf', 'html', 'xhtml'])
  })

  describe('where the chart refuses the names of records in it', () => {
    const related = (ehr: ReturnType<typeof simulatedEhr>) =>
      documentsOf(ehr).map((document) => at(document, 'context', 'related') !== undefined)

    it.each([400, 422])(
      'with %i is tried without at last, which is remembered and told',
      async (refusesList) => {
        const ehr = simulatedEhr({ ...able, provenance: false, refusesList })
        const first = await runWrite(plan(ehr, records.slice(0, 2)), 's1', ehr.dependencies)
        expect(typesOf(ehr)).toEqual([[CONTENT_TYPES.bundle, CONTENT_TYPES.pdf]])
        expect(related(ehr)).toEqual([false])
        expect(first).toMatchObject({ isUnlisted: true, records: [{}, { form: 'bundle-pdf' }] })
        expect(first.records[1]?.refusedForms).toBeUndefined()
        const sent = ehr.posts()
        await runWrite(plan(ehr, records.slice(3, 4)), 's1', ehr.dependencies)
        expect([ehr.posts(), related(ehr)]).toEqual([sent + 1, [false, false]])
        const refused = await sessionRefusals('s1', 'chart-patient', ehr.dependencies.journal)
        expect(refused).toMatchObject({ lists: true, forms: new Set() })
        const next = planWrite(records, ehr.capability, plan(ehr).context, undefined, refused)
        expect(next.notices.join()).toContain('does not keep which records a document holds')
      },
    )

    it('and some forms as well, is taken in the next without them', async () => {
      const ehr = simulatedEhr({ ...takes('html'), provenance: false, refusesList: 422 })
      const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
      expect([typesOf(ehr), related(ehr)]).toEqual([[[CONTENT_TYPES.html]], [false]])
      expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
      expect(report.isUnlisted).toBe(true)
    })

    it('and not them, keeps the names', async () => {
      const ehr = simulatedEhr({ ...takes('text'), provenance: false })
      const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
      expect(related(ehr)).toEqual([true])
      expect(report.isUnlisted).toBeUndefined()
    })

    it('is written once, wherever the app is killed on the way', async () => {
      const config = { ...takes('html'), provenance: false, refusesList: 422 }
      for (let calm = 0; calm < 30; calm += 1) {
        const crash = [...Array<Fault>(calm).fill('none'), 'crash after commit'] as const
        const ehr = simulatedEhr(config, [...crash])
        expect(copies(ehr, await untilEnd(ehr))).toEqual([1, 1, 1, 1, 1])
      }
    })
  })

  it('is told in the report, with what was refused before', async () => {
    const ehr = simulatedEhr(takes('html'))
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(report.records[1]).toMatchObject({ form: 'html', refusedForms: ['bundle-pdf', 'pdf'] })
  })

  it('is the next one where the PDF could not be made', async () => {
    const ehr = simulatedEhr(able)
    const broken = {
      ...ehr.dependencies,
      pdf: {
        render: () => Promise.resolve({ ok: false, problem: { kind: 'network', server: 'x' } } as const),
      },
    }
    await runWrite(plan(ehr), 's1', broken)
    expect(typesOf(ehr)).toEqual([[CONTENT_TYPES.html]])
  })

  it('is split by section where the chart says that it is too large, each part named', async () => {
    const ehr = simulatedEhr({ ...able, maxCharacters: 7_200 })
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
    expect(documentsOf(ehr).map((d) => text(d, 'content', 0, 'attachment', 'title'))).toEqual([
      expect.stringContaining('Medicines'),
      expect.stringContaining('Visits'),
    ])
    ehr.forgetSession()
    const before = ehr.stored.length
    await runWrite(plan(ehr), 's2', ehr.dependencies)
    expect(ehr.stored).toHaveLength(before)
  })

  it('is split before it is sent where the profile knows the limit', async () => {
    const ehr = simulatedEhr(able)
    const profile = ehrProfile({ like: 'generic', maxBytes: 6_000 })
    const report = await runWrite(plan(ehr, records, profile), 's1', ehr.dependencies)
    expect(documentsOf(ehr)).toHaveLength(2)
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })

  it('written a second time in another session is nothing new, in whatever form it went', async () => {
    for (const config of [
      takes('text'),
      { ...takes('rtf'), conditional: false },
      { ...able, oneContent: true },
    ]) {
      const ehr = simulatedEhr(config)
      await runWrite(plan(ehr), 's1', ehr.dependencies)
      const before = ehr.stored.length
      ehr.forgetSession()
      const report = await runWrite(plan(ehr), 's2', ehr.dependencies)
      expect(ehr.stored).toHaveLength(before)
      expect(states(report)[1]).toBe('in-document')
    }
  })
})

describe('the answers of a chart', () => {
  it('405 to one type sends no other of that type, and all go into the document', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['not offered'])
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(ehr.stored.map((r) => r.resourceType)).toEqual(['Procedure', 'DocumentReference'])
    expect(report.records[4]).toMatchObject({
      state: 'in-document',
      reason: 'Lakeside EHR does not offer this.',
    })
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })

  it('409 is looked up and tried once more, then the record goes into the document', async () => {
    const once = simulatedEhr({ ...able, provenance: false }, ['conflict'])
    expect(states(await runWrite(plan(once), 's1', once.dependencies))[0]).toBe('written')
    const twice = simulatedEhr({ ...able, provenance: false }, ['conflict', 'conflict'])
    expect(states(await runWrite(plan(twice), 's1', twice.dependencies))[0]).toBe('in-document')
  })

  it('413 to an entry puts it into the document', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['too large'])
    expect(states(await runWrite(plan(ehr), 's1', ehr.dependencies))[0]).toBe('in-document')
  })

  it('202 counts once it is found, and is never sent again by itself', async () => {
    const found = simulatedEhr({ ...able, provenance: false }, ['accept'])
    expect(states(await runWrite(plan(found), 's1', found.dependencies))[0]).toBe('written')
    const blind = simulatedEhr({ ...able, conditional: false, search: false, provenance: false }, ['accept'])
    await runWrite(plan(blind), 's1', blind.dependencies)
    const sent = blind.posts()
    const report = await runWrite(plan(blind), 's1', blind.dependencies)
    expect(blind.posts()).toBe(sent)
    expect(report.records[0]).toMatchObject({
      state: 'unknown',
      reason: 'Lakeside EHR took it to file it later, and it is not there yet.',
      question: { isAccepted: true },
    })
  })

  it('"created" of what is not there afterwards is not called written', async () => {
    const ehr = simulatedEhr({ ...able, provenance: false }, ['forget'])
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(report.records[0]).toMatchObject({
      state: 'failed',
      reason: 'Lakeside EHR said that it took it, but does not have it.',
    })
    const again = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(copies(ehr, again)).toEqual([1, 1, 1, 1, 1])
  })
})

describe('where nobody can look', () => {
  const blind: Config = { ...able, conditional: false, search: false, provenance: false }
  const lost = async (fault: 'drop before commit' | 'drop after commit') => {
    const ehr = simulatedEhr(blind, [fault])
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    const step = report.records[0]?.question?.step ?? 'none'
    const settle = (seen: 'there' | 'absent') =>
      settleByUser(step, seen, plan(ehr), 's1', ehr.dependencies.journal)
    return { ehr, report, settle }
  }

  it('asks the user, once for each thing that was sent', async () => {
    const { report } = await lost('drop after commit')
    expect(report.records[0]).toMatchObject({ state: 'unknown', question: { isDocument: false, at: 0 } })
  })

  it('believes the user that it is there', async () => {
    const { ehr, settle } = await lost('drop after commit')
    expect((await settle('there')).records[0]).toMatchObject({ state: 'written', byUser: true })
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })

  it('sends again only after the user said that it is not there', async () => {
    const { ehr, settle } = await lost('drop before commit')
    expect((await settle('absent')).records[0]?.state).toBe('left')
    const report = await runWrite(plan(ehr), 's1', ehr.dependencies)
    expect(copies(ehr, report)).toEqual([1, 1, 1, 1, 1])
  })
})

describe('a large document', () => {
  const many = Array.from({ length: 250 }, (_, i) =>
    record({ resourceType: 'Encounter', id: `e${i}`, status: 'finished', type: [{ text: `Visit ${i}.` }] }),
  )

  it.each(['html', 'text', 'rtf'] as const)(
    'as %s is made off the page’s thread, and on it where that does not work',
    async (kind) => {
      const asked: string[] = []
      for (const works of [true, false]) {
        const ehr = simulatedEhr(able)
        const render: PdfPort['render'] = (_, form = 'pdf') => {
          asked.push(form)
          const bytes = new TextEncoder().encode('made elsewhere')
          return Promise.resolve(works ? ok(bytes) : fail({ kind: 'network', server: 'x' }))
        }
        const profile = ehrProfile({ like: 'generic', attachments: [kind] })
        await runWrite(plan(ehr, many, profile), 's1', { ...ehr.dependencies, pdf: { render } })
        const [file] = documentsOf(ehr).flatMap(attachments)
        expect(file?.words).toMatch(works ? /^made elsewhere$/ : /Visit 249\./)
      }
      expect(asked).toEqual(Array(2).fill(kind === 'text' ? 'ascii' : kind))
    },
  )
})
