import { isShared } from './compartment'
import { Refusal } from './refusal'
import { type Action, type Grant, grantsFor, neededScope } from './scopes'
import { planSearch } from './search-plan'
import type { FhirStore } from './store'
import type { Caller, Resource, Stored } from './types'

/** A grant with its finer-grained constraint turned into a test. */
interface Rule {
  readonly patient: string | undefined
  readonly writes: boolean
  readonly satisfied: (resource: Stored) => boolean
}

/** What one caller may see and touch: SMART scopes and the patient compartment, held to on every request. */
export class Access {
  private readonly rules = new Map<string, readonly Rule[]>()

  constructor(
    private readonly store: FhirStore,
    readonly caller: Caller,
  ) {}

  /** Refuses (403) when no scope allows the action on this type at all. */
  require(action: Action, type: string): void {
    if (this.rulesFor([action], type).length === 0) {
      throw new Refusal(
        403,
        `The token does not allow this: it needs ${neededScope(this.caller, action, type)}`,
      )
    }
  }

  /** Whether the caller may do this with this resource. */
  allows(action: Action, resource: Stored): boolean {
    return this.satisfiesAny(this.rulesFor([action], resource.resourceType), resource)
  }

  /** Whether a search result or an included resource may be shown: by read or by search scope. */
  readonly sees = (resource: Stored): boolean =>
    this.satisfiesAny(this.rulesFor(['r', 's'], resource.resourceType), resource)

  /** Refuses (403) when the caller may do this with the type, but not with this resource. */
  requireFor(action: Action, resource: Stored): void {
    this.require(action, resource.resourceType)
    if (!this.allows(action, resource)) {
      const whose =
        this.caller.patient === undefined ? 'its scopes' : 'the patient in the token or its scopes'
      throw new Refusal(403, `${resource.resourceType}/${resource.id} is outside of ${whose}`)
    }
  }

  /** Refuses (403) a resource about to be written that is outside of what the caller may write. */
  requireWrite(action: 'c' | 'u', resource: Resource): void {
    this.require(action, resource.resourceType)
    const asStored: Stored = {
      ...resource,
      id: resource.id ?? 'new',
      meta: { versionId: '0', lastUpdated: '' },
    }
    if (!this.allows(action, asStored)) {
      throw new Refusal(
        403,
        `This ${resource.resourceType} would not be in the patient's compartment or within the token's scopes`,
      )
    }
  }

  /** Refuses (403) a search that names a patient other than the token's, where only patient/ scopes apply. */
  requirePatients(type: string, patients: readonly string[]): void {
    const rules = this.rulesFor(['s'], type)
    const reachable = (patient: string) => rules.some((r) => r.patient === undefined || r.patient === patient)
    const other = patients.find((patient) => !reachable(patient))
    if (other !== undefined)
      throw new Refusal(403, 'The token is for another patient than the one named in the search')
  }

  private satisfiesAny(rules: readonly Rule[], resource: Stored): boolean {
    return rules.some(
      (rule) =>
        (rule.patient === undefined || this.within(resource, rule.patient, rule.writes)) &&
        rule.satisfied(resource),
    )
  }

  private within(resource: Stored, patient: string, writes: boolean): boolean {
    if (isShared(resource.resourceType)) return true
    const patients = this.store.patientsOf(resource)
    // Being named in another patient's record (as performer, say) lets it be read, but not written.
    return patients.includes(patient) && (!writes || patients.length === 1)
  }

  private rulesFor(actions: readonly Action[], type: string): readonly Rule[] {
    const key = `${actions.join('')} ${type}`
    const known = this.rules.get(key)
    if (known) return known
    // A patient's token reads the shared types (Practitioner …), but writes nothing outside of the compartment.
    const writes = actions.some((a) => a === 'c' || a === 'u' || a === 'd')
    const rules = grantsFor(this.caller, actions, type)
      .filter((grant) => !(writes && grant.patient !== undefined && isShared(type)))
      .map((grant) => ({ patient: grant.patient, writes, satisfied: constraintTest(type, grant) }))
    this.rules.set(key, rules)
    return rules
  }
}

const constraintTest = (type: string, grant: Grant): ((resource: Stored) => boolean) => {
  if (grant.constraint === undefined) return () => true
  // A constraint that cannot be understood must not widen the grant.
  const nothing = () => false
  try {
    const plan = planSearch(type, new URLSearchParams(grant.constraint))
    return plan.ignored.length > 0 ? nothing : (resource) => plan.filters.every((filter) => filter(resource))
  } catch (error) {
    if (error instanceof Refusal) return nothing
    throw error
  }
}
