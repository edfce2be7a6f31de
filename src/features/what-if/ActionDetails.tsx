import { actionDetails, addedRemarks } from '../../domain/crd/card-details'
import type { Action } from '../../domain/crd/cds-response'
import type { FhirJson } from '../../domain/json'
import { Facts } from '../../ui'

interface Props {
  readonly action: Action
  /** As they were sent. */
  readonly orders: readonly FhirJson[]
}

/** What an action would put into the chart besides orders: a task, a coverage record, an authorization, a remark. */
export function ActionDetails({ action, orders }: Props) {
  const lines = actionDetails(action)
  const remarks = addedRemarks(action, orders)
  return (
    <>
      {lines.length > 0 && <Facts items={lines.map(({ label, value }) => ({ term: label, value }))} />}
      {remarks.map((remark) => (
        <blockquote key={remark} className="quote wi-remark">
          Remark: {remark}
        </blockquote>
      ))}
    </>
  )
}
