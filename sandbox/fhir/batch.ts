import { answerEntry, type Interact, readEntries, refuseEntry, responseBundle } from './bundle-entry'
import { Refusal } from './refusal'
import type { FhirResponse, Session } from './session'

/** A batch: each entry on its own, each with its own status; what one does is no matter to the others. */
export const runBatch = (session: Session, bundle: unknown, interact: Interact): FhirResponse => {
  const entries = readEntries(session, bundle).map((entry) => {
    if (entry instanceof Refusal) return refuseEntry(entry)
    try {
      if (entry.request.path.length === 0) throw new Refusal(400, 'A bundle cannot hold another to be run')
      return answerEntry(interact(session, entry.request), true)
    } catch (error) {
      if (error instanceof Refusal) return refuseEntry(error)
      throw error
    }
  })
  return responseBundle('batch-response', entries)
}
