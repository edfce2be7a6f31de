import { serviceFor } from '../crd/adapter'
import { readDiscovery } from '../crd/discovery'
import { hooks } from '../crd/hooks'
import type { Payer } from '../payer-directory'
import { corsFinding } from './cors'
import { type Finding, fine, wrong } from './finding'
import { credentialFinding } from './payer-credential'
import { serviceFindings } from './payer-services'
import { jsonOf } from './probe'
import { encryption } from './reach'
import type { Chart, SetupWorld } from './world'

/** A payer's CDS Hooks services: whether they can be found, asked, and by whom. */
export async function cdsFindings(
  payer: Payer,
  base: string,
  charts: readonly Chart[],
  world: SetupWorld,
): Promise<readonly Finding[]> {
  const { name } = payer
  const { probe, appOrigin } = world
  const what = 'Discovery'
  const url = `${base}/cds-services`
  const own = await world.credential?.(payer, 'services', url)
  const headers = own?.kind === 'headers' ? own.headers : {}
  const [safety, first] = await Promise.all([
    encryption(base, name, probe),
    probe.send({ method: 'GET', url, headers }),
  ])
  // A credential that it refuses is told below; what it offers can be read without one at most payers.
  const isRefused = first.kind === 'answer' && first.status === 401 && own?.kind === 'headers'
  const read = jsonOf(isRefused ? await probe.send({ method: 'GET', url }) : first, name)
  if (!read.ok) return [safety, wrong(what, read.words, read.mend)]
  const discovery = readDiscovery(read.json, name)
  if (!discovery.ok)
    return [
      safety,
      wrong(
        what,
        `${name} answers, but not with a list of services.`,
        'Compare cdsBase with the address that they gave you: it is the part before /cds-services.',
      ),
    ]
  const service = Object.keys(hooks).flatMap((hook) => serviceFor(discovery.value, hook) ?? [])[0]
  const credential =
    service === undefined
      ? undefined
      : await credentialFinding(
          payer,
          {
            part: 'services',
            url: `${base}/cds-services/${service.id}`,
            contentType: 'application/json',
            body: { hook: service.hook, hookInstance: world.newId(), context: {} },
          },
          world,
        )
  return [
    safety,
    fine(what, `${name} answers.`),
    ...serviceFindings(discovery.value, name, charts),
    ...(credential === undefined ? [] : [credential]),
    ...(world.isRelayed?.(payer, 'services') === true
      ? []
      : [
          await corsFinding(
            { purpose: 'questions to this payer', url, method: 'POST', headers: ['content-type'] },
            name,
            appOrigin,
            probe,
          ),
        ]),
  ]
}
