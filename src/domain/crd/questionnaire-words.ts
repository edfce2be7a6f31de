import { contained } from '../fhir/references'
import { type FhirJson, type JsonObject, objects, text } from '../json'
import { conceptText, elementValue, valueInWords } from './coverage-value'
import { payerText } from './payer-text'

/** More answers than this are told, not listed. */
const mostOptions = 200

/** Answers in the form, in a value set that came inside it, or only the name of one. */
export function optionsOf(
  item: JsonObject,
  form: FhirJson,
): { readonly options: readonly string[]; readonly from: string | undefined } {
  const own = objects(item, 'answerOption').flatMap((option) => wordsOf(elementValue(option)) ?? [])
  const valueSet = text(item, 'answerValueSet')
  const inside = valueSet?.startsWith('#') ? contained(form, valueSet.slice(1)) : undefined
  const listed = inside === undefined ? [] : valueSetOptions(inside)
  const options = [...own, ...listed]
  if (options.length > mostOptions)
    return {
      options: [...options.slice(0, mostOptions), `and ${options.length - mostOptions} more`],
      from: undefined,
    }
  return { options, from: options.length > 0 ? undefined : payerText(valueSet, 500) }
}

const wordsOf = (value: unknown): string | undefined =>
  conceptText(value) ?? valueInWords(value)?.words ?? payerText(text(value, 'display'), 500)

/** The codes of a value set that lists them: its expansion, else what it is composed of. */
function valueSetOptions(valueSet: FhirJson): readonly string[] {
  const expanded = objects(valueSet.expansion, 'contains')
  const composed = objects(valueSet.compose, 'include').flatMap((include) => objects(include, 'concept'))
  return (expanded.length > 0 ? expanded : composed).flatMap((each) => wordsOf(each) ?? [])
}

const operatorWords: Readonly<Record<string, string>> = {
  '=': 'is',
  '!=': 'is not',
  '>': 'is more than',
  '<': 'is less than',
  '>=': 'is at least',
  '<=': 'is at most',
}

/** "Only if …", where an item is asked under a condition. `names`: words of each item by its linkId. */
export function conditionOf(item: JsonObject, names: ReadonlyMap<string, string>): string | undefined {
  const conditions = objects(item, 'enableWhen').flatMap((when) => {
    const linkId = text(when, 'question')
    if (linkId === undefined) return []
    const question = `“${names.get(linkId) ?? linkId}”`
    const operator = text(when, 'operator') ?? '='
    const key = Object.keys(when).find((name) => /^answer[A-Z]/.test(name))
    const answer = key === undefined ? undefined : when[key]
    if (operator === 'exists') return [`${question} is ${answer === false ? 'not ' : ''}answered`]
    const words = Object.hasOwn(operatorWords, operator) ? operatorWords[operator] : operator
    return [`${question} ${words} ${wordsOf(answer) ?? 'something that cannot be shown'}`]
  })
  if (conditions.length === 0) return undefined
  return `Only if ${conditions.join(text(item, 'enableBehavior') === 'all' ? ' and ' : ' or ')}`
}
