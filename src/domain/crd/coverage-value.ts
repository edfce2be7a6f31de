import { at, isObject, type JsonObject, number, objects, text } from '../json'
import { payerText } from './payer-text'

/** A value[x] in words; `link` where it is a URL. */
export interface ValueInWords {
  readonly words: string
  readonly link?: string
}

/** The `value[x]` of an extension or element, whatever its type. */
export function elementValue(element: JsonObject): unknown {
  const key = Object.keys(element).find((name) => /^value[A-Z]/.test(name))
  return key === undefined ? undefined : element[key]
}

/** The code of a value that should be a code: a Coding, a CodeableConcept or a string do as well. */
export function codeOf(element: JsonObject): string | undefined {
  const value = elementValue(element)
  return (
    payerText(value, 200) ??
    payerText(at(value, 'code'), 200) ??
    objects(value, 'coding').flatMap((coding) => payerText(coding.code, 200) ?? [])[0] ??
    payerText(at(value, 'text'), 200)
  )
}

/** A value of any FHIR type in words; undefined where there is none that can be read. */
export function valueInWords(value: unknown): ValueInWords | undefined {
  if (typeof value === 'boolean') return { words: value ? 'Yes' : 'No' }
  if (typeof value === 'number') return { words: String(value) }
  const plain = payerText(value, 5000)
  if (plain !== undefined)
    return /^https?:\/\//.test(plain) ? { words: plain, link: plain } : { words: plain }
  if (!isObject(value)) return undefined
  const words =
    quantity(value) ?? period(value) ?? range(value) ?? conceptText(value) ?? payerText(value.reference, 500)
  return words === undefined ? undefined : { words }
}

function quantity(value: JsonObject): string | undefined {
  const amount = number(value, 'value')
  if (amount === undefined) return undefined
  const unit = payerText(value.unit, 100) ?? payerText(value.code, 100) ?? payerText(value.currency, 10)
  return [payerText(value.comparator, 5), String(amount), unit].filter((part) => part !== undefined).join(' ')
}

function period(value: JsonObject): string | undefined {
  const start = text(value, 'start')
  const end = text(value, 'end')
  if (start !== undefined && end !== undefined) return `${start} to ${end}`
  if (start !== undefined) return `From ${start}`
  return end === undefined ? undefined : `Until ${end}`
}

function range(value: JsonObject): string | undefined {
  const low = isObject(value.low) ? quantity(value.low) : undefined
  const high = isObject(value.high) ? quantity(value.high) : undefined
  if (low !== undefined && high !== undefined) return `${low} to ${high}`
  if (low !== undefined) return `At least ${low}`
  return high === undefined ? undefined : `At most ${high}`
}

/** CodeableConcept or Coding: text, else display, else code. */
export function conceptText(value: unknown): string | undefined {
  const coding = objects(value, 'coding')
  return (
    payerText(at(value, 'text'), 1000) ??
    payerText(at(coding, 0, 'display'), 500) ??
    payerText(at(value, 'display'), 500) ??
    payerText(at(coding, 0, 'code'), 200) ??
    payerText(at(value, 'code'), 200)
  )
}
