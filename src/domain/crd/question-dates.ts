import { sharedAppointments } from './appointment'
import { questionOf } from './question'
import { type Scenario, sharedOrders } from './scenario'

/** The days on which what is asked about would happen, YYYY-MM-DD: the coverage has to be in force on each. `today` where none is said. */
export function questionDates(scenario: Scenario, today: string): readonly string[] {
  const question = questionOf(scenario)
  const orders = sharedOrders(scenario).map((order) => order.occurrence ?? today)
  const dates = ((): readonly string[] => {
    switch (question.hook) {
      case 'appointment-book':
        return sharedAppointments(scenario, question.appointments).map((each) => each.time.start.slice(0, 10))
      case 'encounter-start':
      case 'encounter-discharge':
        return question.encounter.kind === 'hypothetical' ? [question.encounter.encounter.start] : [today]
      case 'order-sign':
      case 'order-select':
      case 'order-dispatch':
        return orders
    }
  })()
  return dates.length > 0 ? [...new Set(dates)] : [today]
}
