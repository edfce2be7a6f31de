import { type ServerCapability, serverCapability } from '../fhir/capability'
import { noReferences } from '../fhir/references'
import type { FhirJson } from '../json'
import type { DocumentForm } from '../pdex/document-form'
import { ehrProfile } from '../pdex/ehr-profiles'
import { pluralOf } from '../pdex/entry-obstacles'
import { HISTORY_TYPES } from '../pdex/history-types'
import { ENTRY_TYPES } from '../pdex/prepare'
import { historyRecord } from '../pdex/record'
import { planWrite, type Tier, type WritePlan } from '../pdex/write-plan'
import type { Issuer } from '../site'
import { doubtful, type Finding, fine, wrong } from './finding'

/**
 * What each kind of a payer's record would become in this chart (PDex §44 to §56): the plan for one empty record of each, made by the
 * same rules as the real one, with what is configured taken as granted and a visit as open. Nothing is sent.
 */
export function kindFindings(statement: FhirJson, issuer: Issuer): readonly Finding[] {
  const capability = serverCapability(statement, issuer.scopes.split(/\s+/))
  const plan = planOf(capability, issuer)
  return [
    release(capability, issuer.name),
    entries(plan, issuer.name),
    documents(plan),
    downloads(plan),
  ].filter((finding) => finding !== undefined)
}

function planOf(
  capability: ServerCapability,
  { name, issuer, scopes, ehrProfile: chosen }: Issuer,
): WritePlan {
  const records = HISTORY_TYPES.map((type) =>
    historyRecord('payer', { resourceType: type, id: 'sample' }, noReferences, []),
  )
  const patient: FhirJson = { resourceType: 'Patient', id: 'sample' }
  const payer = { id: 'payer', name: 'the payer', identifiers: [], authorization: 'open' } as const
  return planWrite(
    records,
    capability,
    {
      member: { payer, patient, patientId: 'sample' },
      payerBase: 'https://payer.invalid',
      references: noReferences,
      patient,
      patientId: 'sample',
      ehrName: name,
      ehrBase: issuer,
      ...(/\bfhirUser\b/.test(scopes) && { fhirUser: 'Practitioner/sample' }),
      encounterId: 'sample',
      madeAt: '2000-01-01T00:00:00Z',
    },
    ehrProfile(chosen),
  )
}

function release({ fhirVersion, release: known }: ServerCapability, name: string): Finding {
  const what = 'Version of FHIR'
  if (known === 'R4')
    return fine(what, `${name} speaks R4${fhirVersion === '' ? ', it seems: it does not say' : ''}.`)
  if (known === 'other')
    return wrong(
      what,
      `${name} speaks FHIR ${fhirVersion.slice(0, 20)}, which this app does not.`,
      'Use the address of its R4 API.',
    )
  return doubtful(
    what,
    `${name} speaks ${known}: questions to payers need R4, and nothing becomes an entry.`,
    'Use the address of its R4 API, if it has one.',
  )
}

const typesOf = (plan: WritePlan, tier: Tier): readonly string[] =>
  plan.records
    .filter((record) => record.tier === tier)
    .map(({ record }) => pluralOf(record.resource.resourceType))

function entries(plan: WritePlan, name: string): Finding {
  const what = 'Records that become entries of their own'
  const types = typesOf(plan, 'entry')
  // A permission is the site's to ask for; what the EHR does not take is nobody's fault.
  const unasked = plan.records.filter(({ record }) => {
    const type = ENTRY_TYPES[record.resource.resourceType]
    return type !== undefined && plan.capability.canCreate(type) === 'no-scope'
  })
  const source = plan.provenance === 'stored' ? 'is stored beside them (Provenance)' : 'stands in their notes'
  const words =
    types.length === 0 ? `None in ${name}.` : `${sentenceList(types)}. Who recorded them ${source}.`
  if (unasked.length === 0) return fine(what, words)
  return doubtful(
    what,
    `${words} ${name} would take more: ${sentenceList(unasked.map(({ record }) => pluralOf(record.resource.resourceType))).toLowerCase()}.`,
    'Add the scopes for these (for example patient/Condition.c) if the chart is to take them as entries.',
  )
}

const FORMS: Readonly<Record<DocumentForm, string>> = {
  'bundle-pdf': 'PDF with the records as FHIR data',
  pdf: 'PDF',
  html: 'HTML page',
  xhtml: 'XHTML page',
  text: 'plain text',
  rtf: 'RTF',
}

function documents({ document, fallback, ...plan }: WritePlan): Finding {
  const what = 'Records that go into an attached document'
  if (document.kind === 'none')
    return doubtful(
      what,
      document.why,
      'Without it these records can only be saved. Ask for DocumentReference.c if the EHR offers it, or choose its ehrProfile.',
    )
  const forms = document.forms.map((form) => FORMS[form])
  const types = typesOf({ document, fallback, ...plan }, 'document')
  return fine(what, `${sentenceList(types)}. Tried in this order: ${forms.join(', ')}.`)
}

function downloads(plan: WritePlan): Finding | undefined {
  const types = typesOf(plan, 'download')
  return types.length === 0
    ? undefined
    : doubtful(
        'Records that can only be saved',
        `${sentenceList(types)}.`,
        'Nothing is lost: the clinician saves them as files. A document would keep them in the chart.',
      )
}

/** `Conditions, procedures and goals`. */
function sentenceList(names: readonly string[]): string {
  const unique = [...new Set(names)].map((name, at) => (at === 0 ? name : name.toLowerCase()))
  const last = unique.at(-1) ?? ''
  return unique.length < 2 ? last : `${unique.slice(0, -1).join(', ')} and ${last}`
}
