import type { AnswerContent, PayerAnswer } from '../crd/ask'
import { type Phrase, unique } from './phrases'

/** Whom to call: the payer's number in the directory, and the contacts that its answer names; else the member card says it. */
export function callOf(
  content: AnswerContent | undefined,
  known: PayerAnswer['payer'],
  payer: string,
): readonly Phrase[] {
  const contacts = (content?.coverage ?? []).flatMap((each) => each.contacts)
  const phone = known?.phone
  // The answer's own contact says whom the same number reaches.
  const isNamed = contacts.some(({ value }) => digits(value) !== '' && digits(value) === digits(phone ?? ''))
  const lines: readonly Phrase[] = [
    ...(phone === undefined || isNamed ? [] : [{ key: 'call.payer', payer, phone } as const]),
    ...contacts.map(({ name, value }) => ({ key: 'call.contact', name: name ?? payer, value }) as const),
  ]
  return lines.length === 0 ? [{ key: 'call.card' }] : unique(lines)
}

const digits = (value: string): string => value.replace(/\D/g, '')
