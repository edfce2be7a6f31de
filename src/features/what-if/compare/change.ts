import type { OrderType } from '../../../domain/crd/scenario'
import type { CodeEntry } from '../../asking/CodeSearch'
import type { PartyEntry } from '../../asking/entries'
import type { FormValues } from '../form-values'
import { type CodeAspect, codeAspects, type PartyAspect, partyAspects } from './aspects'
import { type TextAspect, textAspects } from './text-aspects'

/** What may be different in an alternative. */
export type Aspect = 'what' | CodeAspect | PartyAspect | TextAspect

/** The one thing that is different, as typed: it says nothing about the rest, so that it holds over any question (U8). */
export type Change =
  | { readonly aspect: 'what'; readonly kind: OrderType; readonly entry: CodeEntry }
  | { readonly aspect: CodeAspect; readonly entry: CodeEntry }
  | { readonly aspect: PartyAspect; readonly party: PartyEntry }
  | { readonly aspect: TextAspect; readonly text: string }

const isOf = <Name extends string>(table: Readonly<Record<Name, unknown>>, name: string): name is Name =>
  Object.hasOwn(table, name)

export const isCodeAspect = (aspect: string): aspect is CodeAspect => isOf(codeAspects, aspect)
export const isPartyAspect = (aspect: string): aspect is PartyAspect => isOf(partyAspects, aspect)
export const isTextAspect = (aspect: string): aspect is TextAspect => isOf(textAspects, aspect)

/** What a form says about an aspect: a change that changes nothing. */
export function sameAs(values: FormValues, aspect: Aspect): Change {
  if (aspect === 'what') return { aspect, kind: values.kind, entry: values.what[values.kind] }
  if (isCodeAspect(aspect)) return { aspect, entry: codeAspects[aspect].read(values) }
  if (isPartyAspect(aspect)) return { aspect, party: partyAspects[aspect].read(values) }
  return { aspect, text: textAspects[aspect].read(values) }
}

/** The form with that one thing changed. */
export function applyChange(values: FormValues, change: Change): FormValues {
  if (change.aspect === 'what')
    return { ...values, kind: change.kind, what: { ...values.what, [change.kind]: change.entry } }
  if ('entry' in change) return codeAspects[change.aspect].write(values, change.entry)
  if ('party' in change) return partyAspects[change.aspect].write(values, change.party)
  return textAspects[change.aspect].write(values, change.text)
}

/** Whether it changes nothing. */
export const changesNothing = (values: FormValues, change: Change): boolean =>
  JSON.stringify(sameAs(values, change.aspect)) === JSON.stringify(change)
