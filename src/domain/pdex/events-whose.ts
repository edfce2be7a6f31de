import type { References } from '../fhir/references'
import type { HistoryEvent } from './events-types'
import { type Party, sameParty } from './reconcile-parties'
import { recordParties } from './record-parties'

/** `own`: at the user's organization. `outside`: surely elsewhere. */
export type Whose = 'own' | 'outside'

/**
 * Whose an event is, as far as it is known: own where an organization of it is the user's, by NPI, then identifier, then exact name;
 * outside only where both sides have an NPI and no two are the same: another spelling of a name proves nothing.
 */
export function whose(
  { members }: HistoryEvent,
  own: readonly Party[],
  references: References,
): Whose | undefined {
  const parties = members.flatMap(({ record }) => recordParties(record, references).organization)
  if (parties.some((party) => own.some((mine) => sameParty(party, mine)))) return 'own'
  const isNumbered = (all: readonly Party[]): boolean =>
    all.length > 0 && all.every(({ npi }) => npi.length > 0)
  return isNumbered(parties) && isNumbered(own) ? 'outside' : undefined
}
