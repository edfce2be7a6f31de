/** A step of a simple FHIRPath (CRD found-23). */
export type PathStep =
  | { readonly kind: 'element'; readonly name: string }
  | { readonly kind: 'ofType'; readonly type: string }
  | { readonly kind: 'extension'; readonly url: string }
  | { readonly kind: 'resolve' }
  | { readonly kind: 'first' }

/** One branch of a union. `root`: `context`, a prefetch key, a user token such as `userPractitionerId`, or `today()`. */
export interface Path {
  readonly root: string
  readonly steps: readonly PathStep[]
}

/** Days added to today by `today() - 90 days`. */
interface DatePath {
  readonly days: number
}

export type SimpleExpression = readonly (Path | DatePath)[]

/** Splits at a character that stands outside of quotes and parentheses. */
export function splitOutside(expression: string, separator: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  let depth = 0
  let quote = ''
  for (const char of expression) {
    if (quote !== '') quote = char === quote ? '' : quote
    else if (char === "'" || char === '`') quote = char
    else if (char === '(') depth += 1
    else if (char === ')') depth -= 1
    if (char === separator && quote === '' && depth === 0) {
      parts.push(part)
      part = ''
    } else part += char
  }
  return [...parts, part]
}

/**
 * Reads the FHIRPath of prefetch tokens: dotted paths with ofType, resolve, extension and first, joined by `|`, and dates
 * relative to today. Undefined for anything longer, which is left to the FHIRPath engine.
 */
export function parsePath(expression: string): SimpleExpression | undefined {
  const branches = splitOutside(expression, '|').map((branch) => parseBranch(branch.trim()))
  const found = branches.filter((branch) => branch !== undefined)
  return found.length === branches.length ? found : undefined
}

function parseBranch(branch: string): Path | DatePath | undefined {
  const date = /^today\(\)(?:\s*([+-])\s*(\d{1,5})\s*days?)?$/.exec(branch)
  if (date !== null) return { days: Number(date[2] ?? 0) * (date[1] === '-' ? -1 : 1) }
  const [root, ...rest] = splitOutside(branch, '.')
  const name = /^%?([A-Za-z_][A-Za-z0-9_-]*)$/.exec(root ?? '')?.[1]
  if (name === undefined) return undefined
  const steps = rest.map((step) => parseStep(step.trim()))
  const found = steps.filter((step) => step !== undefined)
  return found.length === steps.length ? { root: name, steps: found } : undefined
}

function parseStep(step: string): PathStep | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) return { kind: 'element', name: step }
  if (step === 'resolve()') return { kind: 'resolve' }
  if (step === 'first()') return { kind: 'first' }
  const type = /^ofType\(\s*(?:FHIR\.)?([A-Za-z]+)\s*\)$/.exec(step)?.[1]
  if (type !== undefined) return { kind: 'ofType', type }
  const url = /^extension\(\s*'([^']+)'\s*\)$/.exec(step)?.[1]
  return url === undefined ? undefined : { kind: 'extension', url }
}

/** The `%names` of an expression, with `context` and the user tokens among them. */
export const namesIn = (expression: string): readonly string[] => [
  ...new Set([...expression.matchAll(/%([A-Za-z_][A-Za-z0-9_-]*)/g)].flatMap((match) => match[1] ?? [])),
]
