import { noReferences } from '../fhir/references'
import { at, type FhirJson, list, objects, text } from '../json'
import { type HistoryRecord, historyRecord } from './record'
import { type Config, Crash, type Ehr } from './simulated-ehr.testing'
import { runWrite, type WriteReport } from './write'
import { planWrite, type WritePlan } from './write-plan'

const payerBase = 'https://payer.example/fhir'
const payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  fhirBase: payerBase,
  authorization: 'open',
} as const

const record = (resource: FhirJson): HistoryRecord => historyRecord('acme', resource, noReferences, [])
const subject = { reference: 'Patient/m1' }
export const records: readonly HistoryRecord[] = [
  { resourceType: 'Condition', id: 'c1', subject, code: { text: 'Asthma' } },
  { resourceType: 'MedicationRequest', id: 'm1', subject, medicationCodeableConcept: { text: 'Metformin' } },
  { resourceType: 'Procedure', id: 'p1', status: 'completed', subject, code: { text: 'Appendectomy' } },
  { resourceType: 'Encounter', id: 'e1', status: 'finished', subject },
  { resourceType: 'Condition', id: 'c2', subject, code: { text: 'Gout' } },
].map(record)

export const plan = (ehr: Ehr, chosen: readonly HistoryRecord[] = records): WritePlan =>
  planWrite(chosen, ehr.capability, {
    member: { payer, patient: { resourceType: 'Patient', id: 'm1' }, patientId: 'm1' },
    payerBase,
    references: noReferences,
    patient: { resourceType: 'Patient', id: 'chart-patient' },
    patientId: 'chart-patient',
    ehrName: 'Lakeside EHR',
    ehrBase: 'https://ehr.example/fhir',
    fhirUser: 'Practitioner/7',
    madeAt: '2026-11-20T10:32:00-05:00',
  })

/** How often each record is in the chart or among the files to save, by its own id. */
export function copies(
  ehr: Ehr,
  report: WriteReport,
  chosen: readonly HistoryRecord[] = records,
): readonly number[] {
  return chosen.map(({ key, resource }) => {
    const url = `${payerBase}/${resource.resourceType}/${resource.id}`
    const entries = ehr.stored.filter((r) => objects(r, 'identifier').some((i) => i.value === url))
    const documents = ehr.stored.filter(
      (r) => r.resourceType === 'DocumentReference' && urlsIn(r).includes(url),
    )
    return entries.length + documents.length + (report.download?.keys.includes(key) ? 1 : 0)
  })
}

function urlsIn(document: FhirJson): readonly unknown[] {
  const data = text(document, 'content', 0, 'attachment', 'data') ?? ''
  const bundle = JSON.parse(
    new TextDecoder().decode(Uint8Array.from(atob(data), (c) => c.charCodeAt(0))),
  ) as unknown
  return list(bundle, 'entry').map((entry) => at(entry, 'fullUrl'))
}

/** The user starts it, and starts it again after every break. */
export async function untilEnd(ehr: Ehr, chosen = records): Promise<WriteReport> {
  for (let run = 0; run < 200; run += 1) {
    try {
      const report = await runWrite(plan(ehr, chosen), 's1', ehr.dependencies)
      const again = report.records.some((r) => r.state === 'failed' || r.state === 'left')
      if (report.ended === 'complete' && !again) return report
    } catch (error) {
      if (!(error instanceof Crash)) throw error
    }
  }
  throw new Error('it does not come to an end')
}

export const able: Config = { conditional: true, search: true, provenance: true, documents: true }
export const states = (report: WriteReport) => report.records.map((r) => r.state)
