import type { ClinicalDocument, DocumentSection } from '../document/document'
import { documentPatient } from '../document/document-patient'
import { formatDate } from '../fhir/format-date'
import { readPerson } from '../fhir/person'
import { SECTION_TITLES, SECTIONS } from '../fhir/section'
import { provenanceWords } from './provenance-words'
import type { HistoryRecord, Hold } from './record'
import type { WriteContext } from './write-plan'

/** What every form of an outside record says of itself. */
export const OUTSIDE_WARNING = 'Outside records, not verified'

const COLUMNS = ['What', 'Codes', 'When', 'Who', 'Status', 'Source'] as const

const HOLDS: Readonly<Record<Hold, string>> = {
  'entered-in-error': 'entered in error',
  withheld: 'partly withheld by the payer',
  restricted: 'specially protected',
  modified: 'carries an addition that changes its meaning',
}

/** Records as one document, by clinical section, for reading and printing. */
export function chartDocument(records: readonly HistoryRecord[], context: WriteContext): ClinicalDocument {
  const { member, patient, user } = context
  const asker = user === undefined ? undefined : readPerson(user).name
  const memberId = member.identifier?.value
  return {
    title: `Outside records from ${member.payer.name}`,
    language: 'en',
    patient: documentPatient(patient),
    warning: OUTSIDE_WARNING,
    source: `${member.payer.name}, member id ${memberId ?? 'not known'}`,
    madeAt: context.madeAt,
    facts: [
      { label: 'Payer', value: member.payer.name },
      { label: 'Member id', value: memberId ?? 'Not known' },
      { label: 'Chosen by', value: asker ?? 'Not known' },
      { label: 'Put together with', value: 'Beforehand' },
      { label: 'Records', value: String(records.length) },
    ],
    sections: SECTIONS.flatMap((section) => {
      const own = records.filter((record) => record.display.section === section)
      return own.length === 0 ? [] : [documentSection(SECTION_TITLES[section], own, member.payer.name)]
    }),
    notices: [
      'Payer records can be late or incomplete. A diagnosis on a bill may be one to rule out.',
      ...(records.some((record) => record.display.section === 'medicines')
        ? ['A prescription or a fill is not proof of current use.']
        : []),
    ],
  }
}

const documentSection = (
  title: string,
  records: readonly HistoryRecord[],
  payerName: string,
): DocumentSection => ({
  title,
  columns: COLUMNS,
  rows: records.map((record) => row(record, payerName)),
  paragraphs: [],
})

function row({ display, provenance, hold }: HistoryRecord, payerName: string): readonly string[] {
  const status = [display.status, hold && HOLDS[hold]].filter((part) => part !== undefined)
  return [
    display.detail === undefined ? display.what : `${display.what} (${display.detail})`,
    display.codes.length === 0 ? 'Not coded' : [...new Set(display.codes.map((c) => c.code))].join(', '),
    formatDate(display.when),
    display.who ?? 'Not stated',
    status.length === 0 ? 'Not stated' : status.join('; '),
    provenanceWords(provenance, payerName),
  ]
}
