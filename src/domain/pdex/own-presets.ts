import * as v from 'valibot'
import { type FhirJson, list, objects, text } from '../json'
import { type HistoryPreset, isSameName, LONGEST_NAME, presetSchema } from './preset'

const MOST = 30

/** What a browser kept, one by one: one that cannot be read costs itself alone. */
export function readPresets(stored: unknown): readonly HistoryPreset[] {
  const kept = Array.isArray(stored) ? stored : []
  const read = kept.flatMap((one): readonly HistoryPreset[] => {
    const result = v.safeParse(presetSchema, one)
    return result.success ? [result.output] : []
  })
  return read
    .filter(({ name }, at) => read.findIndex((other) => isSameName(other.name, name)) === at)
    .slice(0, MOST)
}

/**
 * Why a filter cannot be kept under this name: it has to differ from the others, and must not tell of the patient, because names are
 * kept in this browser. Undefined where it can.
 */
export function nameProblem(
  name: string,
  others: readonly HistoryPreset[],
  patient: FhirJson,
): string | undefined {
  const written = name.trim()
  if (written === '') return 'Type a name for the filter.'
  if (written.length > LONGEST_NAME) return `Type a name of at most ${LONGEST_NAME} characters.`
  if (others.some((other) => isSameName(other.name, written)))
    return 'Another filter has this name. Type a different one.'
  if (others.length >= MOST) return `At most ${MOST} filters are kept. Delete one first.`
  return tellsOf(written, patient)
    ? 'Leave the patient out of the name: it is kept in this browser.'
    : undefined
}

/** One of the patient's names as a word, or the birth date or a number anywhere. */
function tellsOf(written: string, patient: FhirJson): boolean {
  const parts = new Set(words(written))
  const names = objects(patient, 'name').flatMap((name) => [
    text(name, 'text'),
    text(name, 'family'),
    ...list(name, 'given').map((given) => text(given)),
  ])
  const numbers = [
    text(patient, 'birthDate'),
    ...objects(patient, 'identifier').map((identifier) => text(identifier, 'value')),
  ]
  return (
    names.some((name) => words(name ?? '').some((word) => parts.has(word))) ||
    numbers.some((number) => number !== undefined && number.length > 3 && written.includes(number))
  )
}

/** In small letters; a lone letter tells of nobody. */
const words = (written: string): readonly string[] =>
  written
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => [...word].length > 1 || /\p{Script=Han}/u.test(word))
