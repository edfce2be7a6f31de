/** Signs whose plain form reads the same: put in without a mark. */
export const PLAIN_SIGNS: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': '',
  '\ufeff': '',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '·': '-',
  '•': '*',
  '…': '...',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '′': "'",
  '″': '"',
}

const cyrillic =
  'а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ " ы y ь \' э e ю yu я ya і i ї yi є ye ґ g ј j љ lj њ nj ћ c ђ dj џ dz ў u'
const greek =
  'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o'
const latin = "ł l ø o đ d ß ss æ ae œ oe þ th ð d ı i ħ h ŋ ng ĸ k ſ s ŧ t ə e ɛ e ʻ ' ʼ ' ´ ' ª a º o"
const signs =
  '≤ <= ≥ >= ≠ != ≈ ~ ± +/- × x ÷ / → -> ← <- ↑ (up) ↓ (down) ∞ (infinity) √ (root) µ u Ω ohm Å A € EUR £ GBP ¥ JPY ¢ cent © (c) ® (R) ™ (TM) § section ¶ paragraph † (dagger) ‡ (dagger) ⁰ ^0 ¹ ^1 ² ^2 ³ ^3 ⁴ ^4 ⁵ ^5 ⁶ ^6 ⁷ ^7 ⁸ ^8 ⁹ ^9 ⁻ ^- ₀ 0 ₁ 1 ₂ 2 ₃ 3 ₄ 4 ₅ 5 ₆ 6 ₇ 7 ₈ 8 ₉ 9 ¿ ? ¡ ! ¬ not ‰ per-mille'

const pairs = (table: string): readonly (readonly [string, string])[] => {
  const words = table.split(' ')
  return words.flatMap((word, i) => (i % 2 === 0 ? [[word, words[i + 1] ?? ''] as const] : []))
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const letters = [cyrillic, greek, latin].flatMap(pairs)

/** Letters and units that read otherwise in ASCII: marked where they are put in. */
export const LETTERS: ReadonlyMap<string, string> = new Map([
  ...letters.flatMap(([from, to]) => {
    const upper = from.toUpperCase()
    return upper.length === 1 && upper !== from ? [[upper, capital(to)] as const] : []
  }),
  ...letters,
  ...pairs(signs),
  // With a space before: "1½" is not "11/2", "37°" not "37deg".
  ['½', ' 1/2'],
  ['¼', ' 1/4'],
  ['¾', ' 3/4'],
  ['⅓', ' 1/3'],
  ['⅔', ' 2/3'],
  ['°', ' deg '],
])

/** A Greek letter that stands alone is a sign ("β-blocker"), not part of a name. */
export const GREEK_NAMES: ReadonlyMap<string, string> = new Map(
  pairs(
    'α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ u ν nu ξ xi ο omicron π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega Δ Delta Γ Gamma Σ Sigma Ω ohm Φ Phi Ψ Psi Θ Theta Λ Lambda Π Pi Ξ Xi',
  ),
)
