/** One kind of data that goes to the payer. */
export interface DisclosureItem {
  /** E.g. "Practitioner", "Hypothetical order: MRI of the knee". */
  readonly what: string
  readonly count: number
  /** `question`: typed in the form; `chart`: read from the EHR because the payer asks for it under this key. */
  readonly from: 'question' | 'chart'
  readonly prefetchKey?: string
}

/** "What will be sent", before it is sent. */
export interface Disclosure {
  readonly payerName: string
  /** One sentence: what about whom to which payer. */
  readonly summary: string
  readonly items: readonly DisclosureItem[]
  /** What the payer asks for and does not get, and why. */
  readonly leftOut: readonly { readonly prefetchKey: string; readonly why: string }[]
  /** Further things to know before sending. */
  readonly notices: readonly string[]
  readonly bytes: number
  /** The request to the letter, indented for reading. */
  readonly json: string
}
