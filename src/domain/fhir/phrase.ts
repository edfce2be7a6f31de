/** A single part of a row's second line; what is longer is marked as cut, and is whole in the record's source. */
const LONGEST = 1_500

/** Text of one's own making, of a length that a row and a page can hold. */
export function shortened(value: string): string {
  const plain = value
    .replaceAll(/\\n|\s+/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}… (shortened)` : plain
}

/** What is there, each once, in one line. */
export function joined(parts: readonly (string | undefined)[], by = '; '): string | undefined {
  const said = [...new Set(parts.filter((part): part is string => part !== undefined && part !== ''))]
  return said.length === 0 ? undefined : said.join(by)
}

/** "a, b, c and 4 more". */
export function listed(parts: readonly (string | undefined)[], atMost = 8): string | undefined {
  const said = [...new Set(parts.filter((part): part is string => part !== undefined && part !== ''))]
  const more = said.length - atMost
  return joined([joined(said.slice(0, atMost), ', '), more > 0 ? `${more} more` : undefined], ' and ')
}

/** With a word before it, where there is something to say. */
export const labelled = (label: string, words: string | undefined): string | undefined =>
  words === undefined ? undefined : `${label} ${words}`

/** "1 result", "4 results". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
