import type { FhirJson, JsonObject } from '../json'
import { fail, ok, type Result } from '../result'
import type { Session } from '../session'
import type { Adapter } from './adapter'
import { appointmentResource, sharedAppointments, standalone } from './appointment'
import { dispatchedOrders, fulfillmentTasks } from './dispatch'
import { encounterResource } from './encounter'
import { hooks } from './hooks'
import { draftResource } from './order'
import { questionOf } from './question'
import { type Scenario, sharedOrders } from './scenario'

/** The part of a hook request that prefetch templates may look into. Which fields there are depends on the hook. */
export interface HookContext extends JsonObject {
  /** Absent in order-dispatch. */
  readonly userId?: string
  readonly patientId: string
  readonly encounterId?: string
  readonly draftOrders?: FhirJson
  readonly selections?: readonly string[]
  readonly appointments?: FhirJson
  readonly dispatchedOrders?: readonly string[]
  readonly performer?: string
  readonly fulfillmentTasks?: readonly FhirJson[]
}

/** What a hook request is made of besides the scenario. `authoredOn`: FHIR dateTime. */
export interface HookFrame {
  readonly session: Pick<Session, 'fhirBase' | 'fhirUser'>
  readonly coverageId: string
  readonly authoredOn: string
}

/** A question as resources. */
export interface HookSubject {
  readonly context: HookContext
  /** All that exists nowhere: references to these are resolved here (CRD found-36). */
  readonly hypotheticals: readonly FhirJson[]
  /** Those of them that the context cannot hold, so that they have to go in prefetch. */
  readonly travelling: readonly FhirJson[]
}

/** What of an adapter shapes a context. */
export type HookShape = Pick<Adapter, 'version' | 'dispatch' | 'contentSpelling' | 'followsBasedOn'>

/** How to compose where nothing is known of the service: as CRD 2.2 has it. */
const newest: HookShape = {
  version: '2.2',
  dispatch: '1.1',
  contentSpelling: 'escaped',
  followsBasedOn: true,
}

/**
 * Context of any hook (crd-facts A2). What the patient pays for is not among it (CRD dev-26). Fails `refused` where nobody can be
 * named as the user, and where the service's version of order-dispatch has no room for the question.
 */
export function hookSubject(
  scenario: Scenario,
  frame: HookFrame,
  adapter: HookShape = newest,
): Result<HookSubject> {
  const question = questionOf(scenario)
  const { patientId, encounterId } = scenario
  const orders = sharedOrders(scenario).map((order) =>
    draftResource(order, {
      patientId,
      ...(encounterId !== undefined && { encounterId }),
      coverageId: frame.coverageId,
      authoredOn: frame.authoredOn,
      contentSpelling: adapter.contentSpelling,
      version: adapter.version,
    }),
  )
  if (question.hook === 'order-dispatch') {
    const dispatched = dispatchedOrders(scenario, question)
    const tasks = fulfillmentTasks(scenario, question, frame.authoredOn)
    const performer = question.performer.reference
    const context = dispatchContext(patientId, dispatched, performer, tasks, adapter.dispatch)
    if (!context.ok) return context
    return ok({ context: context.value, hypotheticals: [...orders, ...tasks], travelling: orders })
  }
  const userId = userOf(scenario, frame.session)
  if (userId === undefined) return refused('user', nobodySentence)
  const who = { userId, patientId }
  const where = encounterId === undefined ? {} : { encounterId }
  switch (question.hook) {
    case 'order-sign':
      return ok(within({ ...who, ...where, draftOrders: collection(orders, frame) }, orders))
    case 'order-select': {
      const known = orders.map((order) => `${order.resourceType}/${order.id}`)
      const selected = known.filter((each) => question.selections.includes(each.split('/')[1] ?? ''))
      // CRD: selections are among the draft orders, and there is at least one.
      const selections = selected.length > 0 ? selected : known
      const draftOrders = collection(orders, frame)
      return ok(within({ ...who, ...where, selections, draftOrders }, orders))
    }
    case 'appointment-book': {
      const shared = sharedAppointments(scenario, question.appointments)
      const drafts = adapter.followsBasedOn ? shared : shared.map((each) => standalone(each, scenario))
      const appointments = drafts.map((draft) => appointmentResource(draft, scenario, adapter.version))
      const context = { ...who, ...where, appointments: collection(appointments, frame) }
      // An order that an appointment is based on can only be known by prefetch.
      const based = orders.filter((order) => drafts.some((draft) => draft.basedOn.includes(order.id ?? '')))
      return ok({ context, hypotheticals: [...appointments, ...based], travelling: based })
    }
    case 'encounter-start':
    case 'encounter-discharge': {
      const { encounter } = question
      if (encounter.kind === 'real') return ok(within({ ...who, encounterId: encounter.id }, []))
      const visit = encounterResource(encounter.encounter, patientId)
      const context = { ...who, encounterId: encounter.encounter.id }
      return ok({ context, hypotheticals: [visit], travelling: [visit] })
    }
  }
}

/** The context holds them all. */
const within = (context: HookContext, hypotheticals: readonly FhirJson[]): HookSubject => ({
  context,
  hypotheticals,
  travelling: [],
})

/** CRD profile-bundle-base: a collection, each entry with fullUrl. */
const collection = (resources: readonly FhirJson[], frame: HookFrame): FhirJson => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({
    fullUrl: `${frame.session.fhirBase}/${resource.resourceType}/${resource.id}`,
    resource,
  })),
})

function dispatchContext(
  patientId: string,
  dispatched: readonly string[],
  performer: string | undefined,
  tasks: readonly FhirJson[],
  version: '1.0' | '1.1',
): Result<HookContext> {
  if (performer === undefined) return refused('performer', 'Choose a performer from the chart.')
  if (version === '1.1')
    return ok({
      patientId,
      dispatchedOrders: dispatched,
      performer,
      ...(tasks.length > 0 && { fulfillmentTasks: tasks }),
    })
  const [order, ...more] = dispatched
  if (order === undefined || more.length > 0)
    return refused(
      'one-order',
      'This payer can be asked about one order at a time. Ask about each by itself.',
    )
  return ok({ patientId, order, performer, ...(tasks[0] && { task: tasks[0] }) })
}

/** The hook takes a Practitioner or a PractitionerRole; else the first order's requester stands in for the user. */
function userOf(scenario: Scenario, session: HookFrame['session']): string | undefined {
  const question = questionOf(scenario)
  const users = hooks[question.hook].users.join('|')
  const asReference = (reference: string | undefined): string | undefined =>
    reference === undefined
      ? undefined
      : new RegExp(`(?:^|/)((?:${users})/[A-Za-z0-9\\-.]{1,64})$`).exec(reference)?.[1]
  const performers =
    question.hook === 'appointment-book' ? question.appointments.flatMap((each) => each.performers) : []
  const candidates = [
    session.fhirUser,
    ...sharedOrders(scenario).map((order) => order.requester?.reference),
    ...performers.map((party) => party.reference),
  ]
  return candidates.map(asReference).find((reference) => reference !== undefined)
}

const nobodySentence =
  'A payer has to be told which practitioner asks. The chart did not say who is signed in, and no order names one.'

const refused = (rule: string, message: string): Result<never> => fail({ kind: 'refused', rule, message })
