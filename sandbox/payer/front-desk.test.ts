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
