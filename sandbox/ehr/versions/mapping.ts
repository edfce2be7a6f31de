import { isJson, type Json } from '../../fhir/elements'

/** How one R4 element is written in an older version: the elements it becomes; none where the version has nothing for it. */
type Change = (value: unknown, resource: Json) => Json

/** How a resource type is written in an older version. What is neither kept nor changed is left out. */
export interface TypeMapping {
  readonly keep: readonly string[]
  readonly change?: Readonly<Record<string, Change>>
  /** Elements that the older version demands and R4 has not. */
  readonly add?: (resource: Json) => Json
}

/** What every resource has, in every version. */
const COMMON = [
  'resourceType',
  'id',
  'implicitRules',
  'language',
  'text',
  'contained',
  'extension',
  'modifierExtension',
]

export function applyMapping({ keep, change = {}, add }: TypeMapping, resource: Json): Json {
  const kept = [...COMMON, ...keep].flatMap((name) =>
    [name, `_${name}`].flatMap((field) =>
      resource[field] === undefined ? [] : [[field, resource[field]] as const],
    ),
  )
  const changed = Object.entries(change).map(([name, write]) =>
    resource[name] === undefined ? {} : write(resource[name], resource),
  )
  return Object.assign({}, Object.fromEntries(kept), metaOf(resource), ...changed, add?.(resource) ?? {})
}

/** `meta` without `source`, which only R4 has. */
function metaOf({ meta }: Json): Json {
  if (!isJson(meta)) return {}
  const { source: _, ...rest } = meta
  return { meta: rest }
}

/** The element under another name. */
export const renamed =
  (name: string): Change =>
  (value) => ({ [name]: value })

/** A CodeableConcept as its first code, by `table` where the codes differ. */
export const asCode =
  (name: string, table: Readonly<Record<string, string>> = {}): Change =>
  (value) => {
    const code = codeOf(value)
    return code === undefined ? {} : { [name]: table[code] ?? code }
  }

/** The first of a list. */
export const firstAs =
  (name: string): Change =>
  (value) => {
    const first: unknown = Array.isArray(value) ? value[0] : undefined
    return first === undefined ? {} : { [name]: first }
  }

/** A list of Annotations as one text. */
export const notesAs =
  (name: string): Change =>
  (value) => {
    const texts = listOf(value).flatMap((note) => (typeof note.text === 'string' ? [note.text] : []))
    return texts.length === 0 ? {} : { [name]: texts.join('\n') }
  }

/** Each of a list changed. */
export const eachAs =
  (name: string, write: (item: Json) => Json): Change =>
  (value) => ({ [name]: listOf(value).map(write) })

export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

/** The first code of a CodeableConcept, or of the first of several. */
export function codeOf(value: unknown): string | undefined {
  const concept: unknown = Array.isArray(value) ? value[0] : value
  const code = isJson(concept) ? listOf(concept.coding)[0]?.code : undefined
  return typeof code === 'string' ? code : undefined
}
