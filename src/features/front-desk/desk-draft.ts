import { text } from '../../domain/json'
import { readCodes, readParty } from '../asking/entries'
import type { AskAs } from './desk-item'
import type { DeskValues } from './desk-values'

/** The form as it was left. `visitId`: the appointment that it was filled from; the chart says anew what that is. */
export interface DeskDraft {
  readonly values: DeskValues
  readonly visitId: string
}

/** What is kept of the form, so that a new sign-in or a way back loses nothing (U9, U20). */
export const draftOf = (values: DeskValues): unknown => ({
  ...values,
  visit: null,
  visitId: values.visit?.id,
})

/** Reads what was kept, where storage is not trusted; undefined where nothing was. What cannot be read is as in `empty`. */
export function readDesk(kept: unknown, empty: DeskValues): DeskDraft | undefined {
  const id = text(kept, 'id')
  if (id === undefined) return undefined
  const coding = readCodes(kept, 'what', 'item', 'coding')
  const label = text(kept, 'what', 'item', 'label')
  return {
    values: {
      ...empty,
      id,
      what: {
        text: text(kept, 'what', 'text') ?? '',
        item: label === undefined || coding.length === 0 ? null : { label, coding, source: 'chart' },
      },
      askAs: readAskAs(text(kept, 'askAs')),
      day: text(kept, 'day') ?? empty.day,
      where: readParty(kept, 'where'),
      who: readParty(kept, 'who'),
      coverageId: text(kept, 'coverageId') ?? '',
      memberId: text(kept, 'memberId') ?? null,
    },
    visitId: text(kept, 'visitId') ?? '',
  }
}

const ASK_AS: readonly AskAs[] = ['visit', 'here', 'order']
const readAskAs = (kept: string | undefined): AskAs | '' => ASK_AS.find((each) => each === kept) ?? ''
