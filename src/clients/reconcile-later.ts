import type { ComparePort } from '../domain/ports'
import { fail } from '../domain/result'

/** Comparing, loaded at its first use: the first screen does without. */
export const createComparisonLater = (
  load: () => Promise<ComparePort> = async () => (await import('./reconcile')).createComparison(),
): ComparePort => ({
  async compare(world, options) {
    let port: ComparePort
    try {
      port = await load()
    } catch {
      return fail({ kind: 'network', server: 'The comparison' })
    }
    return port.compare(world, options)
  },
})
