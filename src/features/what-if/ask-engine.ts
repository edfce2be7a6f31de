/** The engine of asking: a chunk of its own, so that the form stands before it. */
export { prepare, warm } from '../../domain/crd/ask'
export { askAll, prepareAll, warmAll } from '../../domain/crd/ask-all'
export { recordOf } from './earlier/keep'
