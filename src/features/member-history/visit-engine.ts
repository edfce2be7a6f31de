/** The engine of asking a payer's hook: a chunk of its own, since most members are found without it. */

export { recordOf } from '../../domain/audit-record'
export { createPrefetchCache } from '../../domain/crd/prefetch-cache'
export { memberByHook, prepareVisit } from '../../domain/pdex/history-card'
