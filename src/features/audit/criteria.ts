import type { LogSearch } from '../../domain/kept-log'

/** What the form holds. Empty: not looked for. Days as YYYY-MM-DD. */
export interface Criteria {
  readonly patient: string
  readonly assertionId: string
  readonly hookInstance: string
  readonly from: string
  readonly to: string
}

/** Everything. */
export const ANY: Criteria = { patient: '', assertionId: '', hookInstance: '', from: '', to: '' }

const DAY_END = 'T23:59:59.999'

/** Days of this computer's zone, the last one whole. */
export function searchOf({ patient, assertionId, hookInstance, from, to }: Criteria): LogSearch {
  const [first, last] = [Date.parse(`${from}T00:00:00`), Date.parse(`${to}${DAY_END}`)]
  return {
    ...(patient.trim() !== '' && { patient: patient.trim() }),
    ...(assertionId.trim() !== '' && { assertionId: assertionId.trim() }),
    ...(hookInstance.trim() !== '' && { hookInstance: hookInstance.trim() }),
    ...(!Number.isNaN(first) && { from: first }),
    ...(!Number.isNaN(last) && { to: last }),
  }
}

/** What is wrong with what was entered, in words. */
export const problemOf = ({ from, to }: Criteria): string | undefined =>
  from !== '' && to !== '' && from > to ? 'The last day is before the first one.' : undefined
