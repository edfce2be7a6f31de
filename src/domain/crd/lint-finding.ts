/** What is not as the guides want it. `q1` to `q9`: the invariants of coverage-information by their meaning (crd-facts A6). */
export type LintRule =
  | 'q1'
  | 'q2'
  | 'q3'
  | 'q4'
  | 'q5'
  | 'q6'
  | 'q7'
  | 'q8'
  | 'q9'
  | 'coverage-part-missing'
  | 'coverage-part-unknown'
  | 'authorization-for-hypothetical'
  | 'coverage-in-card'
  | 'coverage-not-update'
  | 'system-action-changes-order'
  | 'system-action-not-asked'
  | 'system-action-not-allowed'
  | 'summary-missing'
  | 'summary-long'
  | 'indicator-unknown'
  | 'source-missing'
  | 'topic-missing'
  | 'card-uuid-missing'
  | 'selection-behavior-unknown'
  | 'selection-behavior-missing'
  | 'suggestion-uuid-missing'
  | 'action-description-missing'
  | 'link-not-https'
  | 'link-type-unknown'

/** One finding. It is advice: nothing is kept from the user because of it, and nothing is refused. */
export interface Finding {
  readonly rule: LintRule
  readonly severity: 'advice'
  /** For the reader; carries names of elements and codes of the standard, no other content of the response. */
  readonly sentence: string
  /** Where in the response, e.g. `systemActions[0].resource.extension[1]`. */
  readonly path: string
}

/** A finding of this rule at this place. */
export const finding = (rule: LintRule, path: string, sentence: string): Finding => ({
  rule,
  severity: 'advice',
  sentence,
  path,
})
