import type { NewId } from '../../domain/ports'
import type { CodeEntry } from '../asking/CodeSearch'
import { NOBODY, type PartyEntry } from '../asking/entries'
import type { AskAs } from './desk-item'
import type { DeskVisit } from './desk-visit'

/** The question as typed: is this covered for this patient, on this day, at this place, with this person? */
export interface DeskValues {
  /** Synthetic id of what would be booked or ordered (CRD found-36). */
  readonly id: string
  readonly what: CodeEntry
  /** Empty: as the service says. */
  readonly askAs: AskAs | ''
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly where: PartyEntry
  readonly who: PartyEntry
  /** Coverage id; empty: the likely primary one. */
  readonly coverageId: string
  /** For this question only; null: as in the chart. */
  readonly memberId: string | null
  /** The appointment that it was filled from. */
  readonly visit: DeskVisit | null
}

/** The member id that was entered for this question; empty where the chart's holds. */
export const enteredId = ({ memberId }: DeskValues): string => memberId?.trim() ?? ''

/** An empty question. */
export const emptyDesk = (today: string, newId: NewId): DeskValues => ({
  id: newId(),
  what: { text: '', item: null },
  askAs: '',
  day: today,
  where: NOBODY,
  who: NOBODY,
  coverageId: '',
  memberId: null,
  visit: null,
})

/** The question filled from an appointment; what it does not say stays as it was. */
export const fromVisit = (values: DeskValues, visit: DeskVisit): DeskValues => ({
  ...values,
  what:
    visit.item === undefined
      ? { text: visit.service ?? '', item: null }
      : { text: visit.item.label, item: visit.item },
  askAs: visit.item === undefined ? '' : 'visit',
  day: visit.day ?? values.day,
  where: visit.where ?? values.where,
  who: visit.performer ?? values.who,
  visit,
})
