import {
  type FhirJson,
  flag,
  isObject,
  isResource,
  type JsonObject,
  list,
  number,
  objects,
  text,
} from '../json'
import { elementValue } from './coverage-value'
import { payerText } from './payer-text'
import { formTitle } from './questionnaire-source'
import { conditionOf, optionsOf } from './questionnaire-words'

/** A payer's form for reading: what it would ask. It cannot be filled in here. */
export interface FormOutline {
  /** Never empty. */
  readonly title: string
  readonly url?: string
  readonly version?: string
  readonly description?: string
  readonly items: readonly FormItem[]
  /** How many questions there are, groups and plain texts not counted. */
  readonly questions: number
  /** Items that could not be read, or are more than are shown. */
  readonly unreadable: number
}

/** A group, a plain text or a question of a form. */
export interface FormItem {
  /** Unique in its form: position of each level, e.g. `2.1`. */
  readonly key: string
  readonly kind: 'group' | 'text' | 'question'
  /** The number or letter that the form gives it. */
  readonly prefix?: string
  readonly words: string
  /** How it is answered, e.g. "Yes or no"; questions only. */
  readonly answer?: string
  readonly isRequired: boolean
  readonly isRepeatable: boolean
  /** Filled in by the payer's system, or hidden from those who fill it in. */
  readonly isForMachines: boolean
  /** The answers to choose from. */
  readonly options: readonly string[]
  /** Where the answers come from and are not in the form: address of a value set. */
  readonly optionsFrom?: string
  /** "Only if …", where it is asked under a condition. */
  readonly condition?: string
  readonly items: readonly FormItem[]
}

const answerWords: Readonly<Record<string, string>> = {
  boolean: 'Yes or no',
  decimal: 'A number',
  integer: 'A whole number',
  date: 'A date',
  dateTime: 'A date and time',
  time: 'A time',
  string: 'A short text',
  text: 'A text',
  url: 'A web address',
  choice: 'One of a list',
  'open-choice': 'One of a list, or own words',
  attachment: 'A file',
  reference: 'A record of the chart',
  quantity: 'An amount with its unit',
}

/** More than this is no form that anybody reads. */
const mostItems = 2000
const deepest = 20

interface Reading {
  readonly form: FhirJson
  /** Words of each item by its linkId, for conditions. */
  readonly names: ReadonlyMap<string, string>
  left: number
  questions: number
  unreadable: number
}

/** A Questionnaire as an outline, whatever in it can be read; undefined where it is no Questionnaire. */
export function readQuestionnaire(json: unknown): FormOutline | undefined {
  if (!isResource(json) || json.resourceType !== 'Questionnaire') return undefined
  const reading: Reading = { form: json, names: namesOf(json), left: mostItems, questions: 0, unreadable: 0 }
  const items = readItems(list(json, 'item'), '', reading, 0)
  const url = text(json, 'url')
  const version = payerText(json.version, 100)
  const description = payerText(json.description, 5000)
  return {
    title: formTitle(json),
    ...(url !== undefined && { url }),
    ...(version !== undefined && { version }),
    ...(description !== undefined && { description }),
    items,
    questions: reading.questions,
    unreadable: reading.unreadable,
  }
}

/** Words by linkId, breadth first and within the same limits. */
function namesOf(form: FhirJson): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  let level = objects(form, 'item')
  for (let depth = 0; depth <= deepest && level.length > 0 && names.size < mostItems; depth += 1) {
    for (const item of level) {
      const linkId = text(item, 'linkId')
      const words = payerText(item.text, 200)
      if (linkId !== undefined && words !== undefined && !names.has(linkId)) names.set(linkId, words)
    }
    level = level.flatMap((item) => objects(item, 'item')).slice(0, mostItems)
  }
  return names
}

function readItems(
  items: readonly unknown[],
  above: string,
  reading: Reading,
  depth: number,
): readonly FormItem[] {
  if (depth > deepest) {
    reading.unreadable += items.length
    return []
  }
  return items.flatMap((item, index) => {
    reading.left -= 1
    if (!isObject(item) || reading.left < 0) {
      reading.unreadable += 1
      return []
    }
    return [readItem(item, above === '' ? `${index + 1}` : `${above}.${index + 1}`, reading, depth)]
  })
}

function readItem(item: JsonObject, key: string, reading: Reading, depth: number): FormItem {
  const type = text(item, 'type')
  const children = list(item, 'item')
  const kind =
    type === 'group' || (type === undefined && children.length > 0)
      ? 'group'
      : type === 'display'
        ? 'text'
        : 'question'
  if (kind === 'question') reading.questions += 1
  const prefix = payerText(item.prefix, 50)
  const condition = conditionOf(item, reading.names)
  const { options, from } =
    kind === 'question' ? optionsOf(item, reading.form) : { options: [], from: undefined }
  return {
    key,
    kind,
    ...(prefix !== undefined && { prefix }),
    words:
      payerText(item.text, 5000) ?? (kind === 'group' ? 'Group without a title' : 'Question without words'),
    ...(kind === 'question' && { answer: answerOf(item, type) }),
    isRequired: flag(item, 'required') === true,
    isRepeatable: flag(item, 'repeats') === true,
    isForMachines: flag(item, 'readOnly') === true || isHidden(item),
    options,
    ...(from !== undefined && { optionsFrom: from }),
    ...(condition !== undefined && { condition }),
    items: readItems(children, key, reading, depth + 1),
  }
}

function answerOf(item: JsonObject, type: string | undefined): string {
  const words = type !== undefined && Object.hasOwn(answerWords, type) ? answerWords[type] : undefined
  const longest = number(item, 'maxLength')
  const said = words ?? (type === undefined ? 'Not stated' : `“${payerText(type, 50) ?? ''}”`)
  return longest === undefined ? said : `${said}, at most ${longest} characters`
}

const isHidden = (item: JsonObject): boolean =>
  objects(item, 'extension').some(
    (each) =>
      each.url === 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden' &&
      elementValue(each) === true,
  )
