import { afterAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectsIn } from './json'
import { ask, chart, closePayers, fire, plain } from './test-front-desk'
import { cardWith, said } from './test-payer'

afterAll(closePayers)

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
    [
      'authorization, and documents from both sides',
      'yuki-tanaka-sleep-test',
      'yuki-tanaka-borealis',
      'covered',
      'auth-needed',
      'takes 4 working days',
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

  it('says whose documents it wants with a request for authorization', async () => {
    const { said: needed } = await answerOf('yuki-tanaka-sleep-test', 'yuki-tanaka-borealis')
    expect([needed['doc-needed'], needed['doc-purpose']]).toEqual([['both'], ['withpa']])
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
