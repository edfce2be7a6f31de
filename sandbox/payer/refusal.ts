/** Why a request is not answered: an HTTP status, the OperationOutcome issue type and one sentence that says what is wrong. */
export interface Refusal {
  readonly status: 400 | 401 | 404 | 412 | 415 | 422
  readonly code:
    | 'invalid'
    | 'required'
    | 'structure'
    | 'value'
    | 'not-found'
    | 'security'
    | 'business-rule'
    | 'incomplete'
    | 'multiple-matches'
  readonly text: string
}

/** Makes a Refusal; the text is read by people. */
export const refuse = (status: Refusal['status'], code: Refusal['code'], text: string): Refusal => ({
  status,
  code,
  text,
})

/** The OperationOutcome that says it, in details.text and in diagnostics, since clients read either. */
export const operationOutcome = (severity: 'error' | 'fatal', code: string, text: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code, details: { text }, diagnostics: text }],
})
