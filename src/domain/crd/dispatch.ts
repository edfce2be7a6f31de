import type { FhirJson } from '../json'
import { reference } from './order-elements'
import type { Question } from './question'
import { type Scenario, sharedOrders } from './scenario'

type Dispatch = Question & { readonly hook: 'order-dispatch' }

/** What is dispatched, as `Type/id`: the hypothetical orders, then those of the chart. */
export const dispatchedOrders = (scenario: Scenario, dispatch: Dispatch): readonly string[] => [
  ...sharedOrders(scenario).map((order) => `${order.kind}/${order.id}`),
  ...dispatch.existing,
]

/** One draft Task for each service that is dispatched; none where the question has none. */
export function fulfillmentTasks(
  scenario: Scenario,
  dispatch: Dispatch,
  authoredOn: string,
): readonly FhirJson[] {
  const { task, performer } = dispatch
  if (task === undefined) return []
  const restriction = {
    ...(task.repetitions !== undefined && { repetitions: task.repetitions }),
    ...(task.until !== undefined && { period: { end: task.until } }),
  }
  // crd-tsk-d1: an owner or a location.
  const whom = performer.reference?.startsWith('Location/') ? 'location' : 'owner'
  // CRD 2.2 profile-task-dispatch: the focus is a ServiceRequest; there is no Task for other orders.
  const services = dispatchedOrders(scenario, dispatch).filter((each) => each.startsWith('ServiceRequest/'))
  return services.map((focus, index) => ({
    resourceType: 'Task',
    id: index === 0 ? task.id : `${task.id}-${index + 1}`,
    status: 'draft',
    intent: 'order',
    code: { coding: [{ system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'fulfill' }] },
    focus: { reference: focus },
    for: { reference: `Patient/${scenario.patientId}` },
    authoredOn,
    [whom]: reference(performer),
    ...(Object.keys(restriction).length > 0 && { restriction }),
  }))
}
