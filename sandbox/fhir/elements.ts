/** A JSON object whose fields are not known yet: how the server looks into resources of every type. */
export type Json = Readonly<Record<string, unknown>>

/** True for JSON objects; arrays and null are none. */
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value as a string, or undefined when it is something else. */
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

/**
 * The values at a path, lists flattened. A segment is a field (`code`), a choice of types (`effective[x]`: any `effectiveDateTime`,
 * `effectivePeriod` …), and may carry one condition (`telecom(system=phone)`).
 */
export const valuesAt = (root: unknown, path: string): readonly unknown[] =>
  path
    .split('.')
    .reduce<readonly unknown[]>((values, segment) => values.flatMap((v) => step(v, segment)), [root])

const step = (value: unknown, segment: string): readonly unknown[] => {
  if (!isJson(value)) return []
  if (segment.endsWith('[x]')) return choice(value, segment.slice(0, -3))
  const open = segment.indexOf('(')
  if (open < 0) return listOf(value[segment])
  const [field = '', wanted] = segment.slice(open + 1, -1).split('=')
  return listOf(value[segment.slice(0, open)]).filter((v) => isJson(v) && v[field] === wanted)
}

const choice = (value: Json, stem: string): readonly unknown[] =>
  Object.keys(value).flatMap((key) => {
    const first = key.charAt(stem.length)
    return key.startsWith(stem) && first >= 'A' && first <= 'Z' ? listOf(value[key]) : []
  })

/** A copy in which every object has been passed through `change`, innermost first. */
export const mapObjects = (value: unknown, change: (object: Json) => Json): unknown => {
  if (Array.isArray(value)) return value.map((v) => mapObjects(v, change))
  if (!isJson(value)) return value
  return change(Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapObjects(v, change)])))
}
