import { randomUUID } from 'node:crypto'
import { Refusal } from './refusal'
import type { SearchPlan } from './search-plan'
import type { FhirStore } from './store'
import type { Stored } from './types'

/** The matches of one search as they were when it ran: pages are cut from this, so they neither repeat nor skip when data change meanwhile. */
export interface Snapshot {
  readonly plan: SearchPlan
  readonly matches: readonly Stored[]
  readonly pageSize: number
  readonly patient: string | undefined
  readonly generation: number
  /** Query of the self link. */
  readonly selfQuery: string
}

const capacity = 200

/** Remembers snapshots behind the opaque tokens of next links; the oldest go first. */
export class Pages {
  private readonly snapshots = new Map<string, { readonly snapshot: Snapshot; readonly offset: number }>()

  /** Token for the page that begins at `offset`. */
  remember(snapshot: Snapshot, offset: number): string {
    const token = randomUUID().replaceAll('-', '')
    this.snapshots.set(token, { snapshot, offset })
    const [oldest] = this.snapshots.keys()
    if (this.snapshots.size > capacity && oldest !== undefined) this.snapshots.delete(oldest)
    return token
  }

  /** What a token stands for. Refuses (410) tokens that are unknown, too old, from before a reset, or of another patient's session. */
  recall(
    token: string,
    store: FhirStore,
    patient: string | undefined,
  ): { snapshot: Snapshot; offset: number } {
    const known = this.snapshots.get(token)
    if (known && known.snapshot.generation === store.generation && known.snapshot.patient === patient)
      return known
    throw new Refusal(410, [{ code: 'expired', diagnostics: 'This page is no longer kept: search again' }])
  }
}
