import type { JsonObject } from '../json'
import { fail, ok, type Problem, type Result } from '../result'
import { adapterFor } from './adapter'
import type {
  AnswerFrame,
  AskOptions,
  AskWorld,
  PayerAnswer,
  PayerRole,
  Preparation,
  PreparedQuestion,
} from './ask'
import { waitFor } from './call'
import { configurationToSend, settingsOf } from './configuration'
import { type CoverageChoice, coverageForPayer } from './coverage'
import { disclose } from './disclosure'
import type { CdsService } from './discovery'
import { approve } from './guard'
import { type HookSubject, hookSubject } from './hook-context'
import { hookRequest } from './hook-request'
import { type Chosen, choosePayer, localDate, offerOf, refusal } from './payer-offer'
import { type Prefetched, resolvePrefetch } from './prefetch'
import type { PrefetchCache } from './prefetch-cache'
import { questionOf } from './question'
import { validateQuestion } from './question-check'
import { contentOf } from './request-content'
import type { Scenario } from './scenario'
import { evaluateServiceGuard } from './service-guard'

/** Who is asked: secondary payers are asked for all but coverage information (CRD dev-30). */
export interface PrepareOptions extends AskOptions {
  readonly payerRole?: PayerRole
  /** What another guide adds to the hook: PDex facts 2.2. */
  readonly extension?: JsonObject
}

/** Coverage → payer → discovery → request with prefetch → the payer's rule → guard. Sends nothing to a payer but discovery. Never rejects. */
export async function prepare(
  scenario: Scenario,
  world: AskWorld,
  options: PrepareOptions = {},
): Promise<Preparation> {
  const { clock, policy, ehr } = world
  const askedAt = clock.now()
  let choice: CoverageChoice | undefined
  const stop = (problem: Problem): Preparation => {
    const payer = choice?.kind === 'chosen' ? choice.payer : undefined
    const frame = {
      scenarioVersion: scenario.version,
      ...(payer && { payer }),
      ...(options.payerRole && { payerRole: options.payerRole }),
      askedAt,
      endedAt: clock.now(),
    }
    return { kind: 'not-ready', answer: notAsked(frame, problem), ...(choice && { choice }) }
  }
  const error = validateQuestion(scenario)[0]
  if (error !== undefined) return stop(refusal('form', error.message))
  const limit = { clock, ms: policy.stopAfterMs, server: ehr.name }
  const chosen = await waitFor(choosePayer(scenario, world), limit, options.signal)
  if (!chosen.ok) return stop(chosen.problem)
  choice = chosen.value
  if (choice.kind !== 'chosen')
    return stop(refusal(choice.kind === 'none' ? 'one-coverage' : 'directory', choice.message))
  const ready = await compose(withPayersMode(scenario, choice, world), choice, world, options)
  return ready.ok ? ready.value : stop(ready.problem)
}

/** A payer that the site calls without identities is called so, whatever the scenario says (CRD 1.1). */
const withPayersMode = (scenario: Scenario, choice: Chosen, world: AskWorld): Scenario =>
  choice.payer.deIdentified === true || world.isDeIdentified?.(choice.payer) === true
    ? { ...scenario, deIdentified: true }
    : scenario

/** The request for a payer that is known. Problems: of the chart and of discovery, and `refused` with the rule that stops it. */
async function compose(
  scenario: Scenario,
  choice: Chosen,
  world: AskWorld,
  { signal, payerRole = 'primary', extension }: PrepareOptions,
): Promise<Result<PreparedQuestion>> {
  const { clock, policy, ehr } = world
  const { payer } = choice
  const limit = { clock, ms: policy.stopAfterMs, server: ehr.name }
  const error = validateQuestion(scenario)[0]
  if (error !== undefined) return fail(refusal('form', error.message))
  const offered = await waitFor(offerOf(choice, scenario, world), { ...limit, server: payer.name }, signal)
  if (!offered.ok) return offered
  const { service, discovery } = offered.value
  const adapter = adapterFor(service)
  const frame = frameOf(choice, world)
  const subject = hookSubject(scenario, frame, adapter)
  if (!subject.ok) return subject
  // A slow answer of the chart costs its own key, not the question.
  const patience = patient(world.cache, { ...limit, ms: policy.slowAfterMs })
  const reading = prefetch(subject.value, service, choice, { ...world, cache: patience })
  const prefetched = await waitFor(reading, limit, signal)
  if (!prefetched.ok) return prefetched
  const { provenance } = prefetched.value
  const content = contentOf(subject.value, prefetched.value, scenario, payer.name)
  if (!content.ok) return content
  const { context, orders, hypotheticals, removed } = content.value
  const sent = { provenance, prefetch: content.value.prefetch }
  const judging = evaluateServiceGuard(service, context, sent, payer.name, world.fhirPath)
  const rule = await waitFor(judging.then(ok), limit, signal)
  if (!rule.ok) return rule
  if (rule.value.kind === 'closed') return fail(refusal('service-guard', rule.value.message))
  const hookInstance = world.newId()
  const chosenOptions = (await world.configurationOf?.(payer, service)) ?? {}
  const configuration = configurationToSend(settingsOf(service), chosenOptions, payerRole)
  const approved = approve({
    json: hookRequest(hookInstance, frame, context, sent.prefetch, service, configuration, extension),
    payer,
    payers: world.payers,
    service,
    discovery,
    coverage: choice.coverage,
    scenario,
    session: world.session,
    maxRequestBytes: policy.maxRequestBytes,
  })
  if (!approved.ok) return approved
  const notices = [
    ...(rule.value.kind === 'unknown' ? [rule.value.message] : []),
    ...(isBasedOnOrders(scenario) && !adapter.followsBasedOn
      ? [
          `${payer.name} does not ask for the order behind an appointment: the appointment itself says what it is for.`,
        ]
      : []),
  ]
  const facts = { notices, hypotheticals, ...(removed && { removed }) }
  return ok({
    kind: 'ready',
    scenario,
    choice,
    service,
    adapter,
    payerRole,
    configuration,
    request: approved.value,
    hookInstance,
    orders,
    provenance,
    ...(removed && { removed }),
    disclosure: disclose(approved.value, scenario, provenance, world.patient, facts),
  })
}

/** Starts reading what the question will need, while the user composes. Sends nothing about the patient to a payer. Never rejects. */
export async function warm(scenario: Scenario, world: AskWorld): Promise<void> {
  const chosen = await choosePayer(scenario, world)
  if (!chosen.ok || chosen.value.kind !== 'chosen') return
  const offered = await offerOf(chosen.value, scenario, world)
  if (!offered.ok) return
  const { service } = offered.value
  const subject = hookSubject(scenario, frameOf(chosen.value, world), adapterFor(service))
  if (subject.ok) await prefetch(subject.value, service, chosen.value, world)
}

function isBasedOnOrders(scenario: Scenario): boolean {
  const question = questionOf(scenario)
  return (
    question.hook === 'appointment-book' &&
    question.appointments.some((each) => scenario.orders.some((order) => each.basedOn.includes(order.id)))
  )
}

function notAsked(frame: AnswerFrame, problem: Problem): PayerAnswer {
  if (problem.kind === 'cancelled') return { ...frame, kind: 'skipped' }
  if (problem.kind === 'refused')
    return { ...frame, kind: 'refused', rule: problem.rule, message: problem.message }
  return { ...frame, kind: 'failed', problem, serviceChanged: false }
}

const frameOf = (choice: Chosen, world: AskWorld) => ({
  session: world.session,
  coverageId: choice.coverage.id,
  authoredOn: new Date(world.clock.now()).toISOString(),
})

async function prefetch(
  { context, hypotheticals }: HookSubject,
  service: CdsService,
  choice: Chosen,
  world: AskWorld,
): Promise<Result<Prefetched>> {
  const { cache, fhirPath, session, patient } = world
  if (patient !== undefined) cache.seed(patient)
  return ok(
    await resolvePrefetch({
      templates: service.prefetch,
      context,
      coverage: coverageForPayer(choice.coverage),
      fhirBase: session.fhirBase,
      today: localDate(world.clock.now()),
      cache,
      fhirPath,
      hypotheticals,
      payerIdentifiers: choice.payer.identifiers,
    }),
  )
}

/** The same cache for one who waits no longer than this for each read. The reads go on for the next one. */
const patient = (cache: PrefetchCache, limit: Parameters<typeof waitFor>[1]): PrefetchCache => ({
  read: (type, id) => waitFor(cache.read(type, id), limit, undefined),
  search: (type, params) => waitFor(cache.search(type, params), limit, undefined),
  seed: cache.seed,
})
