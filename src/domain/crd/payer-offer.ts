import { fail, ok, type Problem, type Result } from '../result'
import { serviceFor } from './adapter'
import type { AskWorld } from './ask'
import { readCoverageChoice } from './chart-coverage'
import type { CoverageChoice } from './coverage'
import type { CdsService, Discovery } from './discovery'
import type { HookName } from './hooks'
import { hookOf } from './question'
import { questionDates } from './question-dates'
import type { Scenario } from './scenario'

/** A coverage whose payer can be asked. */
export type Chosen = CoverageChoice & { readonly kind: 'chosen' }

/** What a payer offers for a question. */
export interface Offer {
  readonly service: CdsService
  readonly discovery: Discovery
}

/** The coverage of a question, by the days on which it would happen. Problems: those of reading the chart. */
export const choosePayer = (scenario: Scenario, world: AskWorld): Promise<Result<CoverageChoice>> =>
  readCoverageChoice(
    {
      patientId: scenario.patientId,
      fhirBase: world.session.fhirBase,
      payers: world.payers,
      cds: world.cds,
      dates: questionDates(scenario, localDate(world.clock.now())),
      ...(scenario.coverageId !== undefined && { coverageId: scenario.coverageId }),
    },
    world.cache,
  )

/** The payer's service for the hook of a question. Problems: those of discovery, and `refused` where it has none. */
export async function offerOf(choice: Chosen, scenario: Scenario, world: AskWorld): Promise<Result<Offer>> {
  const { payer } = choice
  const hook = hookOf(scenario)
  const missing = fail(
    refusal('no-service', `${payer.name} offers no service that can be asked about ${words[hook]}.`),
  )
  if (payer.cdsBase === undefined) return missing
  const discovery = await world.cds.discover(payer)
  if (!discovery.ok) return discovery
  const service = serviceFor(discovery.value, hook)
  return service === undefined ? missing : ok({ service, discovery: discovery.value })
}

const words: Readonly<Record<HookName, string>> = {
  'order-sign': 'orders',
  'order-select': 'orders while they are chosen',
  'order-dispatch': 'sending orders to a performer',
  'appointment-book': 'appointments',
  'encounter-start': 'the beginning of a visit',
  'encounter-discharge': 'a discharge',
}

/** A rule that keeps a question from being sent. */
export const refusal = (rule: string, message: string): Problem => ({ kind: 'refused', rule, message })

/** The user's calendar date, YYYY-MM-DD: coverage periods are dates where the user is. */
export function localDate(now: number): string {
  const date = new Date(now)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
