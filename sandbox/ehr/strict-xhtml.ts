/** What an XHTML document may not hold where it becomes a note in a chart (PDex facts 6.3, Oracle DSTU2). */
const FORBIDDEN = new Set(['script', 'style', 'iframe', 'link', 'object', 'embed', 'form', 'input'])

const TAG = /^<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z:-]*="[^"<]*")*)\s*(\/?)>$/

const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);)/i

/** Pieces of markup and of text, in order. */
const PIECE = /<[^>]*>|[^<]+|</g

/** Why a text is no strict XHTML: the first thing that is wrong, or undefined. Lower-case names, quoted attributes, everything closed, no scripts, no styles. */
export function xhtmlProblem(text: string): string | undefined {
  const open: string[] = []
  let roots = 0
  const body = text.replace(/^\uFEFF?\s*(<\?xml[^>]*\?>)?\s*(<!DOCTYPE html[^>]*>)?/i, '')
  for (const [piece] of body.matchAll(PIECE)) {
    if (!piece.startsWith('<')) {
      if (ENTITY.test(piece)) return 'an & that begins no entity'
      if (open.length === 0 && piece.trim() !== '') return 'text outside of html'
      continue
    }
    const [, closing, name = '', attributes = '', empty] = TAG.exec(piece) ?? []
    if (name === '') return `malformed markup ${piece.slice(0, 40)}`
    if (FORBIDDEN.has(name)) return `${name} is not allowed`
    if (/\s(?:on[a-z]+|style)=/.test(attributes)) return `an attribute of ${name} is not allowed`
    if (/\s(?:href|src)="(?!data:image|#|https?:)/.test(attributes))
      return `an address in ${name} is not allowed`
    if (closing) {
      if (open.pop() !== name) return `${name} is closed, but not open`
      continue
    }
    if (open.length === 0) {
      if (name !== 'html' || !/\sxmlns="http:\/\/www\.w3\.org\/1999\/xhtml"/.test(attributes))
        return 'the root is not html of XHTML'
      roots += 1
    }
    if (!empty) open.push(name)
  }
  if (open.length > 0) return `${open.at(-1)} is not closed`
  return roots === 1 ? undefined : 'there is not one html'
}
