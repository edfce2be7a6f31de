import type { DraftOrder } from '../../domain/crd/scenario'
import type { FormValues } from './form-values'
import type { FilledForm } from './form-variant'
import { fillAll } from './proposal'
import { type ScenarioFacts, toScenario } from './to-scenario'

/** The form of now with proposed orders in it, and what it would then ask. */
export const filling =
  (values: FormValues, facts: ScenarioFacts) =>
  (proposed: readonly DraftOrder[]): FilledForm => {
    const filled = fillAll(proposed, values, facts.reasons)
    return { values: filled, orders: toScenario(filled, facts).orders }
  }
