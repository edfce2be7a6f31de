/** How hard a text is to read: its sentences and words, and the syllables that a language's own rules count. */
interface Measure {
  readonly sentences: number
  readonly words: number
  readonly syllables: number
}

const sentencesOf = (text: string): readonly string[] =>
  text.split(/(?<=[.!?:])\s+|\n+/).filter((sentence) => /\p{L}/u.test(sentence))

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}’]+/gu) ?? []

function measure(text: string, syllablesOf: (word: string) => number): Measure {
  const words = wordsOf(text)
  return {
    sentences: sentencesOf(text).length,
    words: words.length,
    syllables: words.reduce((sum, word) => sum + syllablesOf(word.toLowerCase()), 0),
  }
}

/** Groups of vowels; a silent e at the end and the -ed of "covered" are none. */
function englishSyllables(word: string): number {
  const heard = word.replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, (end) => end.charAt(0))
  return Math.max(1, (heard.match(/[aeiouy]+/g) ?? []).length)
}

/** Groups of vowels, where two strong ones, or a weak one with an accent, are parted. "qu", "gue", "gui" have a mute u. */
function spanishSyllables(word: string): number {
  const heard = word.replace(/(?<=q)u|(?<=g)u(?=[eéií])/g, '').replace(/y$/, 'i')
  return Math.max(
    1,
    (heard.match(/[aeoáéó][iuü]?(?![aeoáéóíú])|[iuü]?[aeoáéó][iuü]?|[íú]|[iuü]+/g) ?? []).length,
  )
}

/** Flesch-Kincaid: the school year in which an English text is understood; 6 and 7 are children of about 12. */
export function englishGrade(text: string): number {
  const { sentences, words, syllables } = measure(text, englishSyllables)
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59
}

/** Szigriszt's formula on the INFLESZ scale: from 65 on "quite easy" (a school child), from 80 on "very easy". */
export function spanishEase(text: string): number {
  const { sentences, words, syllables } = measure(text, spanishSyllables)
  return 206.835 - 62.3 * (syllables / words) - words / sentences
}

export const longestSentence = (text: string): number =>
  Math.max(...sentencesOf(text).map((sentence) => wordsOf(sentence).length))
