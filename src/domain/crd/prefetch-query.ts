import type { SearchParams } from '../ports'
import { fail, ok, type Result } from '../result'
import type { Piece, Template } from './prefetch-template'
import { type TokenWorld, tokenValue } from './prefetch-token'

/** A template with its tokens filled in. `absent`: the context has no such field. `empty`: a token leads to nothing. */
export type Query =
  | { readonly kind: 'read'; readonly type: string; readonly id: string }
  | { readonly kind: 'search'; readonly type: string; readonly params: SearchParams }
  | { readonly kind: 'absent' }
  | { readonly kind: 'empty' }

type Filled = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'absent' | 'empty' }

/** Fills a template. Problems: those of reading the chart, and `malformed` where no query comes of it. */
export async function fillTemplate(template: Template, world: TokenWorld): Promise<Result<Query>> {
  if (template.kind === 'read') {
    const path = await fill(template.path, world)
    if (!path.ok) return path
    return path.value.kind === 'text' ? readOf(path.value.text) : ok(path.value)
  }
  const values = await Promise.all(template.params.map((param) => fill(param.value, world)))
  const params: (readonly [string, string])[] = []
  for (const [index, param] of template.params.entries()) {
    const value = values[index]
    if (value === undefined) continue
    if (!value.ok) return value
    // Leaving a filter out would find more than was asked for: nothing is searched then.
    if (value.value.kind !== 'text') return ok(value.value)
    params.push([param.name, value.value.text])
  }
  return ok({ kind: 'search', type: template.type, params })
}

async function fill(pieces: readonly Piece[], world: TokenWorld): Promise<Result<Filled>> {
  const values = await Promise.all(pieces.map((piece) => tokenValue(piece, world)))
  let filled = ''
  for (const value of values) {
    if (!value.ok) return value
    if (value.value.kind === 'absent') return ok({ kind: 'absent' })
    if (value.value.values.length === 0) return ok({ kind: 'empty' })
    // FHIR search: a comma-separated list means any of these.
    filled += value.value.values.join(',')
  }
  return ok(filled === '' ? { kind: 'empty' } : { kind: 'text', text: filled })
}

function readOf(path: string): Result<Query> {
  const [, type, id] = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(path) ?? []
  if (type === undefined || id === undefined)
    return fail({
      kind: 'malformed',
      server: 'the payer',
      path: 'prefetch',
      message: 'What the payer asks for is neither a read nor a search.',
    })
  return ok({ kind: 'read', type, id })
}
