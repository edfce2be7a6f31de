import { noReferences } from '../fhir/references'
import { type FhirJson, objects, text } from '../json'
import { type ChartCopies, chartCopies } from './chart-copies'
import { noRefusals } from './document-form'
import type { EhrProfile } from './ehr-profile'
import { ehrProfile } from './ehr-profiles'
import { type HistoryRecord, historyRecord } from './record'
import { type Config, Crash, type Ehr } from './simulated-ehr.testing'
import { runWrite, type WriteReport } from './write'
import { type PlanKnowledge, planWrite, type WritePlan } from './write-plan'

const payerBase = 'https://payer.example/fhir'
const payer = {
  id: 'acme',
  name: 'Acme Health',
  identifiers: [],
  fhirBase: payerBase,
  authorization: 'open',
} as const

export const record = (resource: FhirJson): HistoryRecord => historyRecord('acme', resource, noReferences, [])
const subject = { reference: 'Patient/m1' }
export const records: readonly HistoryRecord[] = [
  { resourceType: 'Condition', id: 'c1', subject, code: { text: 'Asthma' } },
  { resourceType: 'MedicationRequest', id: 'm1', subject, medicationCodeableConcept: { text: 'Metformin' } },
  { resourceType: 'Procedure', id: 'p1', status: 'completed', subject, code: { text: 'Appendectomy' } },
  { resourceType: 'Encounter', id: 'e1', status: 'finished', subject, type: [{ text: 'Office visit' }] },
  { resourceType: 'Condition', id: 'c2', subject, code: { text: 'Gout' } },
].map(record)

const generic = ehrProfile({ like: 'generic', parallel: 1 })

export const plan = (
  ehr: Ehr,
  chosen: readonly HistoryRecord[] = records,
  profile: EhrProfile = generic,
): WritePlan => planWith(ehr, chosen, profile, new Map())

/** The plan of a clinician who said something of single diagnoses. */
export const planWith = (
  ehr: Ehr,
  chosen: readonly HistoryRecord[],
  profile: EhrProfile,
  says: PlanKnowledge['says'],
  copies: ChartCopies = { copies: new Map(), unseen: [] },
): WritePlan =>
  planWrite(
    chosen,
    ehr.capability,
    {
      member: { payer, patient: { resourceType: 'Patient', id: 'm1' }, patientId: 'm1' },
      payerBase,
      references: noReferences,
      patient: { resourceType: 'Patient', id: 'chart-patient' },
      patientId: 'chart-patient',
      ehrName: 'Lakeside EHR',
      ehrBase: 'https://ehr.example/fhir',
      fhirUser: 'Practitioner/7',
      madeAt: '2026-11-20T10:32:00-05:00',
    },
    profile,
    noRefusals,
    { copies, says },
  )

/** The plan as the review makes it: what is in the chart already is looked up first. */
export async function lookedUpPlan(ehr: Ehr, chosen = records, profile = generic): Promise<WritePlan> {
  const world = {
    chart: ehr.dependencies.chart,
    capability: ehr.capability,
    payerBase,
    patientId: 'chart-patient',
  }
  return planWith(ehr, chosen, profile, new Map(), await chartCopies(chosen, world))
}

/**
 * How often each record is in the chart or among the files to save: as an entry by its own id, in a document by its words. The FHIR
 * document that stands beside a PDF is no second copy.
 */
export function copies(
  ehr: Ehr,
  report: WriteReport,
  chosen: readonly HistoryRecord[] = records,
): readonly number[] {
  return chosen.map(({ key, resource, display }) => {
    const url = `${payerBase}/${resource.resourceType}/${resource.id}`
    const entries = ehr.stored.filter((r) => objects(r, 'identifier').some((i) => i.value === url))
    const documents = ehr.stored.filter(
      (r) =>
        r.resourceType === 'DocumentReference' &&
        r.relatesTo === undefined &&
        attachments(r).some(({ words }) => words.includes(display.what)),
    )
    return entries.length + documents.length + (report.download?.keys.includes(key) ? 1 : 0)
  })
}

/** What a DocumentReference carries. */
export const attachments = (document: FhirJson) =>
  objects(document, 'content').map((content) => {
    const data = text(content, 'attachment', 'data') ?? ''
    return {
      type: text(content, 'attachment', 'contentType') ?? '',
      words: new TextDecoder().decode(Uint8Array.from(atob(data), (c) => c.charCodeAt(0))),
    }
  })

/** The user starts it, and starts it again after every break. */
export async function untilEnd(ehr: Ehr, chosen = records, profile?: EhrProfile): Promise<WriteReport> {
  for (let run = 0; run < 200; run += 1) {
    try {
      const report = await runWrite(plan(ehr, chosen, profile), 's1', ehr.dependencies)
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
