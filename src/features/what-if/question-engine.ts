/** What makes a question of the form: a chunk of its own, so that the form stands before it. */
export { readCoverageChoice } from '../../domain/crd/chart-coverage'
export { chartReasons } from './chart-reasons'
export { orderErrors } from './order-errors'
export { askedQuestion } from './question-words'
export { toScenario } from './to-scenario'
