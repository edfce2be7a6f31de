import type { CdsPort } from '../domain/ports'
import { fail, type Result } from '../domain/result'
import type { createCds } from './cds'

/** Payers' CDS Hooks services, loaded at their first use: the first screen does without. */
export function createCdsLater(options: Parameters<typeof createCds>[0]): CdsPort {
  let loading: Promise<CdsPort> | undefined
  const through = async <T>(use: (cds: CdsPort) => Promise<Result<T>>): Promise<Result<T>> => {
    // Kept, so that discovery is asked for once; a failed loading is tried again.
    loading ??= import('./cds').then((loaded) => loaded.createCds(options))
    const cds = await loading.catch(() => undefined)
    if (cds !== undefined) return use(cds)
    loading = undefined
    return fail({ kind: 'network', server: 'The app’s own server' })
  }
  return {
    discover: (payer, call) => through((cds) => cds.discover(payer, call)),
    wellKnown: (payer, location) => through((cds) => cds.wellKnown(payer, location)),
    invoke: (request, call) => through((cds) => cds.invoke(request, call)),
    feedback: (payer, serviceId, body) => through((cds) => cds.feedback(payer, serviceId, body)),
  }
}
