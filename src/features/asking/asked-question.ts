/** One line of a question in words. */
export interface QuestionLine {
  readonly label: string
  readonly value: string
}

/** A question as it was asked, in words, so that an answer can be read, printed and compared with the form of now. */
export interface AskedQuestion {
  /** Equal for equal questions: an answer whose key is not the form's is stale. */
  readonly key: string
  readonly scenarioVersion: number
  /** What would be ordered, for headings. */
  readonly title: string
  readonly lines: readonly QuestionLine[]
  /** Sent while it was still being typed: the user's own asking does not wait for it. */
  readonly isCheck?: boolean
}
