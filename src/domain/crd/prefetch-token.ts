import { text } from '../json'
import type { FhirPathPort } from '../ports'
import { fail, ok, type Result } from '../result'
import { parsePath } from './path'
import { type PathWorld, walk } from './path-walk'
import type { Piece } from './prefetch-template'

export interface TokenWorld extends PathWorld {
  /** The user's local date, YYYY-MM-DD. */
  readonly today: string
  readonly fhirPath: FhirPathPort
}

/** What a token came to: its values as text, each once; `absent`: a plain token that the context does not have. */
export type TokenValue =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'absent' }

/** Values of a piece of a template. Problems: those of reading the chart, and `malformed` for what is no usable token. */
export async function tokenValue(piece: Piece, world: TokenWorld): Promise<Result<TokenValue>> {
  if ('literal' in piece) return ok({ kind: 'values', values: [piece.literal] })
  const plain = /^%?context\.([A-Za-z]+)$/.exec(piece.expression)?.[1] ?? userToken(piece.expression)
  if (plain !== undefined) {
    const root = userToken(piece.expression) === undefined ? world.roots.context : world.roots
    const value = text(root, plain)
    return ok(value === undefined ? { kind: 'absent' } : { kind: 'values', values: [value] })
  }
  const found = await evaluate(piece.expression, world)
  if (!found.ok) return found
  const values = found.value.flatMap((value) => asText(value) ?? [])
  if (values.length < found.value.length) return notUsable('It leads to something that is no id or value.')
  return ok({ kind: 'values', values: [...new Set(values)] })
}

const userToken = (expression: string): string | undefined =>
  /^%?(userPractitionerId|userPractitionerRoleId|userPatientId|userRelatedPersonId)$/.exec(expression)?.[1]

async function evaluate(expression: string, world: TokenWorld): Promise<Result<readonly unknown[]>> {
  const simple = parsePath(expression)
  if (simple === undefined) {
    const { context, ...others } = world.roots
    return world.fhirPath.evaluate(expression, { context }, { ...others, context })
  }
  const branches = await Promise.all(
    simple.map((branch) =>
      'days' in branch ? ok([addDays(world.today, branch.days)]) : walk(branch, world),
    ),
  )
  const found: unknown[] = []
  for (const branch of branches) {
    if (!branch.ok) return branch
    found.push(...branch.value)
  }
  return ok(found)
}

const asText = (value: unknown): string | undefined =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : text(value)

/** The calendar date `days` after a date, both YYYY-MM-DD. */
function addDays(date: string, days: number): string {
  const moment = new Date(`${date}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() + days)
  return moment.toISOString().slice(0, 10)
}

const notUsable = (message: string): Result<never> =>
  fail({ kind: 'malformed', server: 'the payer', path: 'prefetch', message })

/** The user as the tokens of CDS Hooks name it, from `context.userId`. */
export function userTokens(userId: string): Readonly<Record<string, string>> {
  const [type, id] = userId.split('/')
  return type === undefined || id === undefined ? {} : { [`user${type}Id`]: id }
}
