import type { AnswerContent } from '../crd/ask'
import { daysLeft, type LeadTime, lastDayToAsk, leadTime } from './lead-time'
import type { Messages } from './messages'
import type { Phrase } from './phrases'

/** The time that authorization takes against the day of the service, from the payer's own words. */
export interface Authorization {
  readonly said: Phrase
  /** The sentence of the payer that it comes from; absent where it is shown as a reason already. */
  readonly quote?: Phrase & { readonly key: 'quote' }
  /** The last day on which it can be asked for in time. */
  readonly deadline?: string
}

/** Only from what the payer wrote: what it did not say is said to be so. */
export function authorizationOf(
  { coverage, cards }: AnswerContent,
  { notes }: Messages,
  payer: string,
  { today, date }: { readonly today: string; readonly date: string },
): Authorization {
  const shown = new Set(notes.map((note) => note.key))
  const lead = leadTime([
    ...coverage.flatMap(({ details, reasons }) => [
      ...details.map(
        ({ label, value, qualification }) =>
          `${label.words}: ${value}${qualification === undefined ? '' : ` (${qualification})`}`,
      ),
      ...reasons.map((reason) => reason.words),
    ]),
    ...cards.filter((card) => shown.has(card.key)).flatMap((card) => [card.summary, card.detail ?? '']),
  ])
  if (lead === undefined) return { said: { key: 'time.not-said', payer } }
  const isShown = coverage.some(({ reasons }) => reasons.some(({ words }) => words.includes(lead.quote)))
  return {
    said: against(lead, today, date),
    ...(!isShown && { quote: { key: 'quote', payer, text: lead.quote } }),
    deadline: lastDayToAsk(date, lead),
  }
}

function against({ days, unit }: LeadTime, today: string, date: string): Phrase {
  const left = daysLeft(today, date, unit)
  if (left < days) return { key: 'time.too-late', days, unit, left }
  if (left === days) return { key: 'time.ask-today', days, unit }
  return { key: 'time.ask-by', days, unit, by: lastDayToAsk(date, { days, unit }) }
}
