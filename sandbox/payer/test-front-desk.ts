import { randomUUID } from 'node:crypto'
import { loadBusyDay } from '../ehr/front-desk/busy'
import { loadFrontDesk } from '../ehr/front-desk/weeks'
import { FhirStore, loadBundles, type Stored } from '../fhir'
import { at, isObject, type JsonObject, localReference, objectsIn } from './json'
import type { PayerName } from './payer'
import { bundle } from './sample-requests'
import { type RunningPayer, startPayer } from './server'
import { type Reply, send } from './test-payer'

/** Friday: the desk day is today, the next working day is Monday. */
const NOW = new Date('2026-11-20T15:00:00Z')

/** The sandbox EHR's front desk as its payers are asked about it. */
export const chart = new FhirStore({ now: () => NOW })
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

/** Ends the payers that were asked. */
export async function closePayers(): Promise<void> {
  for (const payer of running.values()) await (await payer).close()
}

/** A resource of the chart as it goes over the wire. */
export const plain = (stored: Stored | undefined): JsonObject => JSON.parse(JSON.stringify(stored ?? {}))

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
export async function fire(
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
export function ask(appointment: string, coverage: string, changes: JsonObject = {}): Promise<Reply> {
  const booked = plain(chart.get('Appointment', appointment))
  const proposed = { ...booked, status: 'proposed', ...changes }
  return fire('appointment-book', { appointments: bundle('collection', [proposed]) }, proposed, coverage)
}
