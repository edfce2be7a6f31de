import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject, objectsIn } from './json'
import {
  deviceRequest,
  hookRequest,
  JANE,
  medicationRequest,
  type Person,
  serviceRequest,
  WEI,
} from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { cardWith, offered, said, send } from './test-payer'

const LOINC = 'http://loinc.org'
const SNOMED = 'http://snomed.info/sct'

let acme: RunningPayer

beforeAll(async () => {
  const now = () => new Date('2026-11-20T10:00:00Z')
  acme = await startPayer({ name: 'acme', port: 0, app: 'http://app.example', now })
})

afterAll(() => acme.close())

const sign = (person: Person, ...orders: readonly JsonObject[]) => send(acme, hookRequest(person, orders))
const signOne = async (order: JsonObject, person = JANE) => {
  const reply = await sign(person, order)
  return { reply, parts: said(reply.systemActions[0]) }
}

describe('medicines', () => {
  it('step therapy: covered for who tried the first step, else the first step is offered', async () => {
    expect((await signOne(medicationRequest('979480'))).parts).toMatchObject({ 'pa-needed': ['no-auth'] })
    const { reply, parts } = await signOne(medicationRequest('979480'), WEI)
    expect(parts).toMatchObject({ covered: ['conditional'], 'pa-needed': ['auth-needed'] })
    const actions = objectsIn(at(cardWith(reply, /comes first/), 'suggestions', 0, 'actions'))
    expect(actions.map(({ type }) => type)).toEqual(['delete', 'create'])
  })

  it('a limit of quantity: more is conditional, and the lower quantity is offered', async () => {
    const twelve = medicationRequest('313161', {
      dispenseRequest: { quantity: { value: 12 }, numberOfRepeatsAllowed: 3 },
    })
    const { reply, parts } = await signOne(twelve)
    expect(parts.covered).toEqual(['conditional'])
    const [nine = {}] = offered(cardWith(reply, /nine tablets/))
    expect(nine.dispenseRequest).toMatchObject({ quantity: { value: 9 }, numberOfRepeatsAllowed: 3 })
    expect((await signOne(nine)).parts.covered).toEqual(['covered'])
  })

  it('a companion: the further order is a draft for the same patient by the same requester', async () => {
    const { reply } = await signOne(medicationRequest('855332'))
    const [test = {}] = offered(cardWith(reply, /INR/))
    expect(test).toMatchObject({
      resourceType: 'ServiceRequest',
      status: 'draft',
      subject: { reference: 'Patient/p-1' },
      requester: { reference: 'Practitioner/d-1' },
    })
    expect((await sign(JANE, test)).status).toBe(200)
  })

  it('one order, three billing codes, three answers', async () => {
    const { reply } = await signOne(serviceRequest('J1745'))
    const answers = [0, 1, 2].map((nth) => said(reply.systemActions[0], nth))
    expect(answers.map(({ billingCode }) => at(billingCode, 0, 'code'))).toEqual(['J1745', '96413', '96415'])
    expect(answers.map((answer) => answer['pa-needed'])).toEqual([
      ['auth-needed'],
      ['no-auth'],
      ['performpa'],
    ])
  })
})

describe('other kinds of order', () => {
  const diet = (code: string) => ({
    resourceType: 'NutritionOrder',
    id: 'n-1',
    status: 'draft',
    intent: 'order',
    patient: { reference: 'Patient/p-1' },
    dateTime: '2026-11-20',
    orderer: { reference: 'Practitioner/d-1' },
    oralDiet: { type: [{ coding: [{ system: SNOMED, code }] }] },
  })
  const lens = {
    product: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/ex-visionprescriptionproduct', code: 'lens' },
      ],
    },
    eye: 'right',
  }
  const glasses = (lenses: number) => ({
    resourceType: 'VisionPrescription',
    id: 'v-1',
    status: 'draft',
    created: '2026-11-20',
    patient: { reference: 'Patient/p-1' },
    dateWritten: '2026-11-20',
    prescriber: { reference: 'Practitioner/d-1' },
    lensSpecification: Array.from({ length: lenses }, () => lens),
  })
  const records = (payload: readonly JsonObject[]) => ({
    resourceType: 'CommunicationRequest',
    id: 'c-1',
    status: 'draft',
    basedOn: [{ reference: 'ServiceRequest/x' }],
    subject: { reference: 'Patient/p-1' },
    authoredOn: '2026-11-20',
    requester: { reference: 'Practitioner/d-1' },
    payload,
  })
  const CONTENT =
    'http://hl7.org/fhir/5.0/StructureDefinition/extension-CommunicationRequest.payload.content[x]'

  it('a diet is not covered, and the dietitian is offered as a further order', async () => {
    const { reply, parts } = await signOne(diet('160670007'))
    expect(parts.covered).toEqual(['not-covered'])
    const [visits = {}] = offered(cardWith(reply, /dietitian/))
    expect((await sign(JANE, visits)).status).toBe(200)
  })

  it('glasses are covered up to one pair', async () => {
    expect((await signOne(glasses(2))).parts.covered).toEqual(['covered'])
    expect((await signOne(glasses(4))).parts.covered).toEqual(['conditional'])
  })

  it('sending records is covered; a message without content is refused', async () => {
    const valueCodeableConcept = { coding: [{ system: LOINC, code: '11506-3' }] }
    const content = { contentString: 'Note', extension: [{ url: CONTENT, valueCodeableConcept }] }
    expect((await signOne(records([content]))).parts.covered).toEqual(['covered'])
    expect(await sign(JANE, records([{ contentString: 'Note' }]))).toMatchObject({
      status: 422,
      refusal: expect.stringContaining('codeable concept'),
    })
  })

  it('a mask depends on the device that is ordered with it', async () => {
    const { systemActions } = await sign(JANE, deviceRequest('A7034'), deviceRequest('E0601'))
    expect(said(systemActions[0]).dependency).toEqual([{ reference: 'DeviceRequest/o-E0601' }])
    expect(said((await sign(JANE, deviceRequest('A7034'))).systemActions[0])).not.toHaveProperty('dependency')
  })
})
