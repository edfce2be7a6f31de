import { namesIn, splitOutside } from './path'

/** A piece of a template: text as it stands, or an expression to evaluate. */
export type Piece = { readonly literal: string } | { readonly expression: string }

/** A prefetch template taken apart (CDS Hooks "prefetch template"). */
export type Template =
  | { readonly kind: 'read'; readonly path: readonly Piece[] }
  | {
      readonly kind: 'search'
      readonly type: string
      readonly params: readonly { readonly name: string; readonly value: readonly Piece[] }[]
    }

/**
 * Reads a template. Braces that were forgotten or doubled are tolerated, because the guide's own samples have them
 * (crd-facts A9): a search value that is an expression but for its braces is read as one.
 */
export function parseTemplate(template: string): Template | undefined {
  const parsed = takeApart(template)
  // A token that opens and never closes, within other text, could mean anything.
  const isBroken = piecesOf(parsed).some((piece) => 'literal' in piece && piece.literal.includes('{{'))
  return isBroken ? undefined : parsed
}

const piecesOf = (template: Template | undefined): readonly Piece[] => {
  if (template === undefined) return []
  return template.kind === 'read' ? template.path : template.params.flatMap((param) => param.value)
}

function takeApart(template: string): Template | undefined {
  const query = splitTemplate(template, '?')
  const [path, ...rest] = query
  if (path === undefined || path.trim() === '') return undefined
  if (rest.length === 0) return { kind: 'read', path: pieces(path.trim()) }
  const type = path.trim()
  if (!/^[A-Z][A-Za-z]+$/.test(type)) return undefined
  const params = splitTemplate(rest.join('?'), '&').filter((param) => param.trim() !== '')
  const parsed = params.map(parseParam)
  const found = parsed.filter((param) => param !== undefined)
  return found.length === parsed.length ? { kind: 'search', type, params: found } : undefined
}

/** The `%names` that a template needs, other than `context`. */
export const dependenciesOf = (template: Template): readonly string[] => {
  const names = piecesOf(template).flatMap((piece) =>
    'expression' in piece ? namesIn(piece.expression) : [],
  )
  return [...new Set(names)].filter((name) => name !== 'context')
}

function parseParam(param: string): { readonly name: string; readonly value: readonly Piece[] } | undefined {
  const cut = param.indexOf('=')
  const name = cut < 0 ? '' : param.slice(0, cut).trim()
  if (!/^[A-Za-z_][A-Za-z0-9_.:-]*$/.test(name)) return undefined
  const value = param.slice(cut + 1)
  const bare = value.replaceAll('{{', '').replaceAll('}}', '').trim()
  const isExpression = splitOutside(bare, '|').every((part) =>
    /^(%[A-Za-z_][A-Za-z0-9_-]*|context)\.\S+$/.test(part.trim()),
  )
  return { name, value: isExpression ? [{ expression: bare }] : pieces(value) }
}

function pieces(value: string): readonly Piece[] {
  const found: Piece[] = []
  let rest = value
  while (rest !== '') {
    const open = rest.indexOf('{{')
    const close = open < 0 ? -1 : rest.indexOf('}}', open)
    if (close < 0) {
      found.push(literal(rest))
      break
    }
    found.push(literal(rest.slice(0, open)), { expression: rest.slice(open + 2, close).trim() })
    rest = rest.slice(close + 2)
  }
  return found.filter((piece) => !('literal' in piece) || piece.literal !== '')
}

/** Text outside of tokens may be URL-encoded; a lone brace pair is a leftover. */
function literal(value: string): Piece {
  const bare = value.replaceAll('}}', '')
  try {
    return { literal: decodeURIComponent(bare) }
  } catch {
    return { literal: bare }
  }
}

/** Splits at a character that stands outside of tokens, quotes and parentheses. */
function splitTemplate(template: string, separator: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  let inToken = false
  for (let index = 0; index < template.length; index += 1) {
    const two = template.slice(index, index + 2)
    if (two === '{{') inToken = true
    else if (two === '}}') inToken = false
    const char = template[index] ?? ''
    if (char === separator && !inToken) {
      parts.push(part)
      part = ''
    } else part += char
  }
  return [...parts, part]
}
