import { fail, ok, type Problem, type Result } from '../result'
import type { AnswerFrame, AskOptions, AskWorld, PayerAnswer, Preparation } from './ask'
import { waitFor } from './call'
import { readCoverageChoice } from './chart-coverage'
import { type CoverageChoice, coverageForPayer } from './coverage'
import { disclose } from './disclosure'
import { type CdsService, type Discovery, serviceFor } from './discovery'
import { approve } from './guard'
import { type HookContext, hookRequest, orderSignContext, ordersOf } from './hook-request'
import { type Prefetched, resolvePrefetch } from './prefetch'
import type { PrefetchCache } from './prefetch-cache'
import { type Scenario, sharedOrders, validate } from './scenario'

type Chosen = CoverageChoice & { readonly kind: 'chosen' }

/** Coverage → payer → discovery → request with prefetch → guard. Sends nothing to a payer but discovery. Never rejects. */
export async function prepare(
  scenario: Scenario,
  world: AskWorld,
  options: AskOptions = {},
): Promise<Preparation> {
  const { clock, policy, ehr } = world
  const askedAt = clock.now()
  let choice: CoverageChoice | undefined
  const stop = (problem: Problem): Preparation => {
    const payer = choice?.kind === 'chosen' ? choice.payer : undefined
    const frame = {
      scenarioVersion: scenario.version,
      ...(payer && { payer }),
      askedAt,
      endedAt: clock.now(),
    }
    return { kind: 'not-ready', answer: notAsked(frame, problem), ...(choice && { choice }) }
  }
  const error = validate(scenario)[0]
  if (error !== undefined) return stop(refusal('form', error.message))
  const limit = { clock, ms: policy.stopAfterMs, server: ehr.name }
  const chosen = await waitFor(choose(scenario, world), limit, options.signal)
  if (!chosen.ok) return stop(chosen.problem)
  choice = chosen.value
  if (choice.kind !== 'chosen')
    return stop(refusal(choice.kind === 'none' ? 'one-coverage' : 'directory', choice.message))
  const { payer } = choice
  const offered = await waitFor(offer(choice, world), { ...limit, server: payer.name }, options.signal)
  if (!offered.ok) return stop(offered.problem)
  const { service, discovery } = offered.value
  const frame = frameOf(choice, world)
  const context = orderSignContext(scenario, frame)
  if (!context.ok) return stop(context.problem)
  // A slow answer of the chart costs its own key, not the question.
  const patience = patient(world.cache, { ...limit, ms: policy.slowAfterMs })
  const reading = prefetch(context.value, service, choice, { ...world, cache: patience })
  const prefetched = await waitFor(reading, limit, options.signal)
  if (!prefetched.ok) return stop(prefetched.problem)
  const hookInstance = world.newId()
  const approved = approve({
    json: hookRequest(hookInstance, frame, context.value, prefetched.value.prefetch, service),
    payer,
    payers: world.payers,
    service,
    discovery,
    coverage: choice.coverage,
    scenario,
    session: world.session,
    maxRequestBytes: policy.maxRequestBytes,
  })
  if (!approved.ok) return stop(approved.problem)
  return {
    kind: 'ready',
    scenario,
    choice,
    service,
    request: approved.value,
    hookInstance,
    orders: ordersOf(context.value),
    disclosure: disclose(approved.value, scenario, prefetched.value.provenance, world.patient),
  }
}

/** Starts reading what the question will need, while the user composes. Sends nothing about the patient to a payer. Never rejects. */
export async function warm(scenario: Scenario, world: AskWorld): Promise<void> {
  const chosen = await choose(scenario, world)
  if (!chosen.ok || chosen.value.kind !== 'chosen') return
  const offered = await offer(chosen.value, world)
  if (!offered.ok) return
  const context = orderSignContext(scenario, frameOf(chosen.value, world))
  if (context.ok) await prefetch(context.value, offered.value.service, chosen.value, world)
}

function notAsked(frame: AnswerFrame, problem: Problem): PayerAnswer {
  if (problem.kind === 'cancelled') return { ...frame, kind: 'skipped' }
  if (problem.kind === 'refused')
    return { ...frame, kind: 'refused', rule: problem.rule, message: problem.message }
  return { ...frame, kind: 'failed', problem, serviceChanged: false }
}

const refusal = (rule: string, message: string): Problem => ({ kind: 'refused', rule, message })

function choose(scenario: Scenario, world: AskWorld): Promise<Result<CoverageChoice>> {
  const today = localDate(world.clock.now())
  const dates = sharedOrders(scenario).map((order) => order.occurrence ?? today)
  return readCoverageChoice(
    {
      patientId: scenario.patientId,
      fhirBase: world.session.fhirBase,
      payers: world.payers,
      dates: [...new Set(dates.length > 0 ? dates : [today])],
      ...(scenario.coverageId !== undefined && { coverageId: scenario.coverageId }),
    },
    world.cache,
  )
}

interface Offer {
  readonly service: CdsService
  readonly discovery: Discovery
}

async function offer(choice: Chosen, world: AskWorld): Promise<Result<Offer>> {
  const { payer } = choice
  const missing = fail(
    refusal('no-service', `${payer.name} offers no service that can be asked about orders.`),
  )
  if (payer.cdsBase === undefined) return missing
  const discovery = await world.cds.discover(payer)
  if (!discovery.ok) return discovery
  const service = serviceFor(discovery.value, 'order-sign')
  return service === undefined ? missing : ok({ service, discovery: discovery.value })
}

const frameOf = (choice: Chosen, world: AskWorld) => ({
  session: world.session,
  coverageId: choice.coverage.id,
  authoredOn: new Date(world.clock.now()).toISOString(),
})

async function prefetch(
  context: HookContext,
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
    }),
  )
}

/** The same cache for one who waits no longer than this for each read. The reads go on for the next one. */
const patient = (cache: PrefetchCache, limit: Parameters<typeof waitFor>[1]): PrefetchCache => ({
  read: (type, id) => waitFor(cache.read(type, id), limit, undefined),
  search: (type, params) => waitFor(cache.search(type, params), limit, undefined),
  seed: cache.seed,
})

/** The user's calendar date, YYYY-MM-DD: coverage periods are dates where the user is. */
function localDate(now: number): string {
  const date = new Date(now)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
