import { GREEK_NAMES, LETTERS, PLAIN_SIGNS } from './ascii-letters'
import type { ClinicalDocument } from './document'
import { renderText } from './text'

/** Text in ASCII alone, and what was put in for what. */
export interface Ascii {
  readonly text: string
  /** What stands there now, by the character it stands for: `ug` by `U+00B5`. Signs that read the same are not among them. */
  readonly changed: ReadonlyMap<string, string>
  /** Whether a character without a plain form stands as its number. */
  readonly hasNumbers: boolean
}

/**
 * The document in ASCII, for charts that take nothing else (PDex §56). Words that had to be rewritten stand in braces, characters
 * without a plain form as their numbers, and the end says what was put in for what.
 */
export function renderAscii(document: ClinicalDocument): string {
  const { text, changed, hasNumbers } = toAscii(renderText(document))
  const list = [...changed].map(([code, plain]) => `${plain.trim()} for ${code}`).join(', ')
  const told = [
    ...(changed.size === 0 ? [] : [`Words in {braces} were rewritten: ${list}.`]),
    ...(hasNumbers ? ['Numbers like [U+738B] stand for characters that have no plain letter.'] : []),
  ]
  return told.length === 0 ? text : `${text}\nPlain letters\n-------------\n${told.join('\n')}\n`
}

// What a word is made of, and what it takes to be one that has to be rewritten.
const WORD = /[\p{L}\p{M}\p{N}\p{S}]*[^\n -~](?:[\p{L}\p{M}\p{N}\p{S}]|[^\n -~])*/gu

/** Rewrites what is not ASCII: `{Zofia}` for "Żofia", `5 {ug}` for "5 µg", `[U+738B]` for a letter without a plain form. */
export function toAscii(original: string): Ascii {
  const changed = new Map<string, string>()
  let hasNumbers = false
  const text = original
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are not to reach a chart
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
    .replace(/[^\n -~]/g, (character) => PLAIN_SIGNS[character] ?? character)
    .replace(WORD, (word) => {
      const plain = rewritten(word)
      for (const [code, now] of plain.changed) changed.set(code, now)
      hasNumbers ||= plain.hasNumbers
      return plain.text
    })
  return { text, changed, hasNumbers }
}

function rewritten(word: string): Ascii {
  const characters = [...word]
  const changed = new Map<string, string>()
  let hasNumbers = false
  const parts = characters.map((character, i) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x7f) return character
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    const alone = !isGreek(characters[i - 1]) && !isGreek(characters[i + 1])
    const plain = (alone ? GREEK_NAMES.get(character) : undefined) ?? plainLetter(character)
    if (plain === undefined) {
      hasNumbers = true
      return `[${name}]`
    }
    changed.set(name, plain)
    return plain
  })
  const text = parts.join('').trim()
  return { text: changed.size === 0 ? text : `{${text}}`, changed, hasNumbers }
}

const isGreek = (character: string | undefined): boolean =>
  character !== undefined && /\p{Script=Greek}/u.test(character)

/** From the table, or the letter without its accents. */
function plainLetter(character: string): string | undefined {
  const listed = LETTERS.get(character)
  if (listed !== undefined) return listed
  const bare = character.normalize('NFD').replace(/\p{M}/gu, '')
  if (bare === '' || bare === character) return undefined
  if (/^[ -~]+$/.test(bare)) return bare
  const parts = [...bare].map((letter) => LETTERS.get(letter))
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined
}
