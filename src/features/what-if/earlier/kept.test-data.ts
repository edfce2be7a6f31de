import type { AuditEntry, InvocationRecord } from '../../../domain/audit'
import { recordOf } from '../../../domain/audit-record'
import { ask } from '../../../domain/crd/ask'
import { coverageInformation, payerOf, prepared, worldOf } from '../../../domain/crd/samples.test-data'
import type { FhirJson } from '../../../domain/json'
import { ok, type Result } from '../../../domain/result'

const session = { fhirBase: 'https://ehr.example/fhir', patientId: 'p1', fhirUser: 'Practitioner/dr1' }

/** A question about an MRI that was really prepared, guarded, asked and answered so, and what is kept of it. */
export async function asked(respond: (order: FhirJson) => Result<unknown>) {
  let result: Result<unknown> = ok({ cards: [] })
  const payer = payerOf(async () => result)
  const world = worldOf({ cds: payer })
  const question = await prepared(world)
  const order = question.orders[0]
  if (order === undefined) throw new Error('no order')
  result = respond(order)
  const answer = await ask(question, world, () => undefined)
  const record = recordOf(question, answer, session, () => 'r1')
  if (record === undefined) throw new Error('nothing was kept')
  return { record, sent: payer.sent, answer, result }
}

/** Covered without authorization, with a card that has a suggestion, a link and a document. */
export const covered = (order: FhirJson) =>
  ok({
    cards: [
      {
        uuid: 'c1',
        summary: 'An X-ray may do',
        indicator: 'warning',
        detail: 'Read the **policy** first.',
        source: { label: 'Acme Health' },
        links: [{ label: 'Imaging policy', url: 'https://acme.example/policy.pdf', type: 'absolute' }],
        suggestions: [
          {
            uuid: 's1',
            label: 'X-ray of the knee',
            actions: [
              {
                type: 'update',
                description: 'Change to an X-ray',
                resource: {
                  ...order,
                  code: { coding: [{ system: 'http://x.example', code: 'XR' }], text: 'X-ray' },
                },
              },
            ],
          },
        ],
      },
    ],
    systemActions: [
      {
        type: 'update',
        description: 'Coverage',
        resource: {
          ...order,
          extension: [
            coverageInformation(
              ['coverage', { valueReference: { reference: 'Coverage/cov1' } }],
              ['covered', { valueCode: 'covered' }],
              ['pa-needed', { valueCode: 'no-auth' }],
              ['date', { valueDate: '2026-11-20' }],
              ['coverage-assertion-id', { valueString: 'AH-7F31-0092' }],
            ),
          ],
        },
      },
    ],
  })

/** The same record as another one. */
export const as = (record: InvocationRecord, entry: Partial<AuditEntry>): InvocationRecord => ({
  ...record,
  entry: { ...record.entry, ...entry },
})
