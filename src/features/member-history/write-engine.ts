/** What plans and writes; loaded when something is to be written. */
export { chartCopies } from '../../domain/pdex/chart-copies'
export { ehrProfile } from '../../domain/pdex/ehr-profiles'
export { runWrite, sessionRefusals, settleByUser, writeStatus } from '../../domain/pdex/write'
export { interruptedKeys } from '../../domain/pdex/write-interrupted'
export { planWrite } from '../../domain/pdex/write-plan'
