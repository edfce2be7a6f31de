import type { InvocationRecord } from '../../../domain/audit'
import { invocationRecord } from '../../../domain/audit-record'
import type { PayerAnswer, PreparedQuestion } from '../../../domain/crd/ask'
import type { NewId } from '../../../domain/ports'
import type { Session } from '../../../domain/session'

/** What is kept of a question that was sent, with its outcome (CRD found-37); undefined where nothing was sent. */
export const recordOf = (
  prepared: PreparedQuestion,
  answer: PayerAnswer,
  session: Pick<Session, 'fhirBase' | 'patientId' | 'fhirUser'>,
  newId: NewId,
): InvocationRecord | undefined =>
  invocationRecord({
    id: newId(),
    session,
    // As it was sent, to the letter.
    request: JSON.parse(prepared.request.body) as unknown,
    ...(answer.response !== undefined && { response: answer.response }),
    orders: prepared.orders,
    coverage: `Coverage/${prepared.choice.coverage.id}`,
    answer,
  })
