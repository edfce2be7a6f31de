import type { CodeableConcept, OperationOutcome, OperationOutcomeIssue } from 'fhir/r4'

type IssueCode = OperationOutcomeIssue['code']

/** One thing that is wrong, and where (a FHIRPath expression). */
export interface Complaint {
  readonly code: IssueCode
  readonly diagnostics?: string
  /** What an EHR with error codes of its own says. */
  readonly details?: CodeableConcept
  readonly expression?: string
}

/**
 * No complaints = a refusal without a body, as some servers send it.
 *
 * The server refuses a request: HTTP status and what goes into the OperationOutcome. It is thrown, because a transaction has to stop at its first
 * refusal, however deep, and undo what it did.
 */
export class Refusal extends Error {
  readonly complaints: readonly Complaint[]

  constructor(
    readonly status: number,
    complaints: string | readonly Complaint[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    const list =
      typeof complaints === 'string' ? [{ code: codeFor(status), diagnostics: complaints }] : complaints
    super(list.map((c) => c.diagnostics ?? c.details?.text ?? c.code).join('; '))
    this.complaints = list
  }
}

const codes: Readonly<Record<number, IssueCode>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  409: 'conflict',
  410: 'deleted',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'processing',
  500: 'exception',
}

const codeFor = (status: number): IssueCode => codes[status] ?? 'processing'

/** An OperationOutcome for complaints, all of one severity. */
export const outcome = (
  complaints: readonly Complaint[],
  severity: OperationOutcomeIssue['severity'] = 'error',
): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue: complaints.map(({ code, details, diagnostics, expression }) => ({
    severity,
    code,
    ...(details ? { details } : {}),
    ...(diagnostics === undefined ? {} : { diagnostics }),
    ...(expression ? { expression: [expression] } : {}),
  })),
})
