import { type JsonObject, objects, text } from '../json'
import type { AnswerContact, AnswerDetail, CodedFact } from './coverage-answer'
import { categoryOf, detailWords, fact, reasonWords } from './coverage-codes'
import { codeOf, conceptText, elementValue, valueInWords } from './coverage-value'
import { payerText, safeUrl } from './payer-text'

const part = (element: JsonObject, url: string): JsonObject | undefined =>
  objects(element, 'extension').find((extension) => extension.url === url)

/** `detail`: a name and a value of any type, with a category since CRD 2.2. */
export function readDetail(detail: JsonObject): AnswerDetail {
  const code = part(detail, 'code')
  const given = code && conceptText(elementValue(code))
  const codeText = (code && codeOf(code)) ?? given ?? ''
  const label =
    codeText === ''
      ? { code: '', words: 'Detail', known: false }
      : fact(detailWords, codeText, given === codeText ? undefined : given)
  const valuePart = part(detail, 'value')
  const value = valueInWords(elementValue(valuePart ?? detail))
  const href = value?.link === undefined ? undefined : safeUrl(value.link)?.href
  const qualification = part(detail, 'qualification')
  const qualified = qualification && valueInWords(elementValue(qualification))?.words
  const category = part(detail, 'category')
  return {
    category: categoryOf(category && codeOf(category), codeText),
    // The payer's own display would only repeat the words of a known code.
    label: label.known ? fact(detailWords, codeText) : label,
    value: value?.words ?? 'Given in a form that cannot be shown',
    ...(href !== undefined && { href }),
    ...(qualified !== undefined && { qualification: qualified }),
  }
}

/** `reason`: a known code, the payer's own text, or both. */
export function readReason(reason: JsonObject): CodedFact {
  const value = elementValue(reason)
  const code = objects(value, 'coding').flatMap((coding) => text(coding, 'code') ?? [])[0]
  const said = payerText(value, 1000) ?? payerText(text(value, 'text'), 1000)
  if (code === undefined)
    return { code: '', words: said ?? conceptText(value) ?? 'Reason not readable', known: false }
  return fact(reasonWords, code, said ?? (Object.hasOwn(reasonWords, code) ? undefined : conceptText(value)))
}

/** `contact`: ContactDetail since CRD 2.2, ContactPoint before. */
export function readContacts(contact: JsonObject): readonly AnswerContact[] {
  const value = elementValue(contact)
  const plain = payerText(value, 500)
  if (plain !== undefined) return [{ value: plain, ...linkFor(undefined, plain) }]
  const name = payerText(text(value, 'name'), 200)
  const points = objects(value, 'telecom')
  if (points.length === 0 && text(value, 'value') === undefined)
    return name === undefined ? [] : [{ value: name }]
  return (points.length > 0 ? points : objects([value])).flatMap((point) => {
    const said = payerText(point.value, 500)
    const system = text(point, 'system')
    if (said === undefined) return []
    return [
      {
        value: said,
        ...(name !== undefined && { name }),
        ...(system !== undefined && { system }),
        ...linkFor(system, said),
      },
    ]
  })
}

function linkFor(system: string | undefined, value: string): { readonly href?: string } {
  if (system === 'phone' || system === 'sms') {
    const digits = value.replace(/[^\d+]/g, '')
    return digits.length >= 3 ? { href: `tel:${digits}` } : {}
  }
  if (system === 'email') return /^[^\s@<>"?&]+@[^\s@<>"?&]+$/.test(value) ? { href: `mailto:${value}` } : {}
  const url = safeUrl(value)
  return url ? { href: url.href } : {}
}
