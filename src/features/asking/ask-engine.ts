/** The engine of asking: a chunk of its own, so that the form stands before it. */

export { recordOf } from '../../domain/audit-record'
export { prepare, warm } from '../../domain/crd/ask'
export { askAll, prepareAll, warmAll } from '../../domain/crd/ask-all'
