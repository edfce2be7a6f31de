import { questionDates } from '../../domain/crd/question-dates'
import type { Scenario } from '../../domain/crd/scenario'

/** The day of the service that was asked about, `YYYY-MM-DD`. */
export const dayAsked = (scenario: Scenario, today: string): string =>
  questionDates(scenario, today)[0] ?? today
