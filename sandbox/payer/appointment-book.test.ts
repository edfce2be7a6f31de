import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectsIn } from './json'
import { appointment, BEN, hookRequest, JANE, type Person, serviceRequest } from './sample-requests'
import { type RunningPayer, startPayer } from './server'

const NOW = new Date('2026-11-20T10:00:00.000Z')

let acme: RunningPayer
let borealis: RunningPayer

beforeAll(async () => {
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example', now: () => NOW })
  borealis = await startPayer({ name: 'borealis', port: 0, app: 'http://app.example/', now: () => NOW })
})

afterAll(async () => {
  await acme.close()
  await borealis.close()
})

async function book(person: Person, subject: JsonObject, more: JsonObject = {}) {
  const request = hookRequest(person, [subject])
  const response = await fetch(
    `${(person.payor === BEN.payor ? borealis : acme).url}/cds-services/appointment-book-crd`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...request, prefetch: { ...request.prefetch, ...more } }),
    },
  )
  const answer: unknown = await response.json()
  expect(response.status, JSON.stringify(answer)).toBe(200)
  return {
    cards: objectsIn(at(answer, 'cards')),
    systemActions: objectsIn(at(answer, 'systemActions')),
    hookInstance: request.hookInstance,
  }
}

describe('the member-history card', () => {
  it('opens the app with an appContext that names payer, member, patient and call, for an hour', async () => {
    const { cards, hookInstance } = await book(JANE, appointment())
    const link = objectsIn(cards[0]?.links)[0]
    expect(link).toMatchObject({ type: 'smart', url: 'http://app.example/' })
    expect(JSON.parse(String(link?.appContext))).toEqual({
      v: 1,
      type: 'pdex-member-history',
      payerFhirBase: `${acme.url}/fhir`,
      payer: { system: 'urn:oid:2.16.840.1.113883.6.300', value: '95216', display: 'Acme Health' },
      result: 'matched',
      memberIdentifier: { system: 'https://acme-health.example/fhir/member-id', value: 'AH56712348' },
      memberReference: 'Patient/m-77120',
      ehrPatient: 'p-1',
      hookInstance,
      issued: '2026-11-20T10:00:00.000Z',
      expires: '2026-11-20T11:00:00.000Z',
    })
  })

  it('names no member reference where the client must search for it', async () => {
    const { cards } = await book(BEN, appointment())
    const context: unknown = JSON.parse(String(objectsIn(cards[0]?.links)[0]?.appContext))
    expect(context).toMatchObject({ memberIdentifier: { value: 'BM7781-03' } })
    expect(context).not.toHaveProperty('memberReference')
  })

  it.each<[string, Person]>([
    ['did not find', { ...JANE, memberId: 'AH00000000' }],
    ['more than one', { family: 'Twain', birthDate: '2016-05-09', memberId: 'AH70010000', payor: '95216' }],
  ])('has no link when the payer %s', async (words, person) => {
    const { cards } = await book(person, appointment())
    expect(cards[0]).toMatchObject({ indicator: 'info', summary: expect.stringContaining(words) })
    expect(cards[0]).not.toHaveProperty('links')
  })
})

describe('coverage information of an appointment', () => {
  const coding = { system: 'http://www.ama-assn.org/go/cpt', code: '97802' }

  it('is put on the appointment that names the service', async () => {
    const { systemActions } = await book(JANE, appointment({ serviceType: [{ coding: [coding] }] }))
    expect(systemActions.map((action) => at(action, 'resource', 'resourceType'))).toEqual(['Appointment'])
  })

  it('takes performer and place from the participants', async () => {
    const part = (code: string, url: string) => ({ serviceType: [{ coding: [{ code, system: url }] }] })
    const covered = async (more: JsonObject) => {
      const { systemActions } = await book(JANE, appointment(more))
      const parts = objectsIn(at(systemActions[0], 'resource', 'extension', 0, 'extension'))
      return parts.find(({ url }) => url === 'covered')?.valueCode
    }
    const place = { actor: { reference: 'Location/imaging' }, status: 'accepted' }
    const mri = part('24968-9', 'http://loinc.org')
    expect(await covered(mri)).toBe('conditional')
    expect(await covered({ ...mri, participant: [...objectsIn(appointment().participant), place] })).toBe(
      'covered',
    )
    expect(await covered(part('G0463', 'http://terminology.hl7.org/CodeSystem/HCPCS'))).toBe('covered')
  })

  it('comes with advice, and with no suggestion that an appointment has no elements for', async () => {
    const place = { actor: { reference: 'Location/n', display: 'Northside Hospital' }, status: 'accepted' }
    const serviceType = [{ coding: [{ code: '24968-9', system: 'http://loinc.org' }] }]
    const participant = [...objectsIn(appointment().participant), place]
    const { cards } = await book(JANE, appointment({ serviceType, participant }))
    const card = cards.find(({ summary }) => /less outside the hospital/.test(String(summary)))
    expect(card).toHaveProperty('detail')
    expect(card).not.toHaveProperty('suggestions')
  })

  it('is put on the order when the appointment was made from one', async () => {
    const order = serviceRequest('97802', {}, coding.system)
    const serviceRequests = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: order }] }
    const { systemActions } = await book(
      JANE,
      appointment({ basedOn: [{ reference: 'ServiceRequest/o-97802' }] }),
      { serviceRequests },
    )
    expect(systemActions.map((action) => at(action, 'resource', 'id'))).toEqual(['o-97802'])
  })
})
