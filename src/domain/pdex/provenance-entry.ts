import { hasCode } from '../fhir/coding'
import { readPerson } from '../fhir/person'
import { literal } from '../fhir/references'
import { type FhirJson, type JsonObject, objects, text } from '../json'
import type { HistoryRecord } from './record'
import { sourceIdentifier, sourceUrl } from './source-identifier'
import type { WriteContext } from './write-plan'

const TERMS = 'http://terminology.hl7.org/CodeSystem'
const TRANSMITTER = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type'
const PDEX = 'http://hl7.org/fhir/us/davinci-pdex'

const concept = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] })
const participant = (code: string): JsonObject => concept(`${TERMS}/provenance-participant-type`, code)

/** Where an entry in the chart comes from (PDex §229): who made it, who handed it on, who brought it in, with what. */
export function provenanceEntry(
  record: HistoryRecord,
  target: string,
  context: WriteContext,
  isConfirmed = false,
): FhirJson {
  const { member, payerBase, madeAt } = context
  const { author, sourceFormat } = record.provenance
  const payer = payerReference(context)
  return {
    resourceType: 'Provenance',
    target: [{ reference: target }],
    recorded: madeAt,
    activity: concept(`${TERMS}/v3-DataOperation`, 'CREATE'),
    agent: [
      // Without a known author the payer speaks for the record.
      { type: participant('author'), who: author === undefined ? payer : { display: author } },
      { type: concept(TRANSMITTER, 'transmitter'), who: payer },
      ...clinicianAs(isConfirmed ? ['enterer', 'verifier'] : ['enterer'], context),
      { type: participant('assembler'), who: { display: 'Beforehand' } },
    ],
    entity: [
      {
        ...(sourceFormat !== undefined && {
          extension: [
            {
              url: `${PDEX}/StructureDefinition/ProvenanceSourceFrom`,
              valueCodeableConcept: concept(`${PDEX}/CodeSystem/ProvenancePayerDataSource`, sourceFormat),
            },
          ],
        }),
        role: 'source',
        what: {
          identifier: sourceIdentifier(sourceUrl(payerBase, record.resource)),
          display: `${record.resource.resourceType} at ${member.payer.name}`,
        },
      },
    ],
  }
}

/** Where the records in a document come from, beside the payer's own Provenance of each (PDex §127, §229). `targets`: URLs in the document. */
export const documentProvenance = (targets: readonly string[], context: WriteContext): FhirJson => ({
  resourceType: 'Provenance',
  target: targets.map((reference) => ({ reference })),
  recorded: context.madeAt,
  activity: concept(`${TERMS}/v3-DataOperation`, 'CREATE'),
  agent: [
    { type: participant('author'), who: payerReference(context) },
    { type: concept(TRANSMITTER, 'transmitter'), who: payerReference(context) },
    ...clinicianAs(['enterer'], context, true),
    { type: participant('assembler'), who: { display: 'Beforehand' } },
  ],
})

/** The launching user in these roles; nobody where the EHR names none. */
function clinicianAs(
  roles: readonly string[],
  { fhirUser, user, ehrBase }: WriteContext,
  inDocument = false,
): readonly JsonObject[] {
  if (fhirUser === undefined) return []
  const name = user && readPerson(user).name
  const reference = inDocument ? `${ehrBase}/${fhirUser}` : fhirUser
  return roles.map((role) => ({
    type: participant(role),
    who: { reference, ...(name && { display: name }) },
  }))
}

/** Finds ours again: Provenance has no identifier of its own in R4. */
export const provenanceSearch = (target: string): readonly (readonly [string, string])[] => [
  ['target', target],
  ['agent-type', `${TRANSMITTER}|transmitter`],
]

/** Whether a Provenance of the chart is the one that `provenanceEntry` made for this target, `Type/id`. */
export const isProvenanceOf = (provenance: FhirJson, target: string): boolean =>
  objects(provenance, 'target').some((each) => {
    const found = literal(text(each, 'reference'))
    return found !== undefined && `${found.type}/${found.id}` === target
  }) && objects(provenance, 'agent').some((agent) => hasCode(agent.type, 'transmitter', TRANSMITTER))

function payerReference({ member }: WriteContext): JsonObject {
  const identifier = member.payer.identifiers[0]
  return { ...(identifier && { identifier: { ...identifier } }), display: member.payer.name }
}
