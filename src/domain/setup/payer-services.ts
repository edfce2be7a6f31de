import { adapterFor, serviceFor } from '../crd/adapter'
import { settingsOf, unusableOptions } from '../crd/configuration'
import type { CdsService, Discovery } from '../crd/discovery'
import { type HookName, hooks } from '../crd/hooks'
import { counted, doubtful, type Finding, fine, wrong } from './finding'
import { unanswered } from './prefetch-offer'
import { withoutSecrets } from './probe'
import type { Chart } from './world'

const isHook = (hook: string): hook is HookName => Object.hasOwn(hooks, hook)

/** What a payer's services can be asked, how, and with what of the chart (CRD found-16, found-24, dev-3, dev-11). */
export function serviceFindings(
  discovery: Discovery,
  name: string,
  charts: readonly Chart[],
): readonly Finding[] {
  const used = discovery.services.filter(
    (service) => isHook(service.hook) && serviceFor(discovery, service.hook) === service,
  )
  return [
    overview(discovery, used, name),
    ...used.flatMap((service) => (isHook(service.hook) ? one(service, service.hook, charts) : [])),
  ]
}

/** CRD 2.x "Supported hooks": a payer SHALL support these three. */
const EXPECTED = ['order-sign', 'order-dispatch', 'appointment-book'] as const satisfies readonly HookName[]

function overview({ services, unreadable }: Discovery, used: readonly CdsService[], name: string): Finding {
  const what = 'Services'
  if (used.length === 0)
    return wrong(
      what,
      `${name} lists ${counted(services.length, 'service')}, none for a hook that this app asks.`,
      `Ask ${name} at which address its CRD services are.`,
    )
  const missing = EXPECTED.filter((hook) => used.every((service) => service.hook !== hook))
  const doubts = [
    ...(missing.length > 0 ? [`none for ${missing.join(', ')}`] : []),
    ...(unreadable > 0 ? [`${unreadable} that cannot be read`] : []),
  ]
  const words = `${name} can be asked at ${used.map(({ hook }) => hook).join(', ')}.`
  return doubts.length === 0
    ? fine(what, words)
    : doubtful(
        what,
        `${words} There is ${doubts.join(' and ')}.`,
        `Questions of the kind that is missing cannot be asked of ${name}. Ask when it will have them.`,
      )
}

function one(service: CdsService, hook: HookName, charts: readonly Chart[]): readonly Finding[] {
  const { version, because, requestedVersion } = adapterFor(service)
  const spoken = `CRD ${version} is spoken. ${withoutSecrets(because)}`
  const known = ['2.0', '2.1', '2.2']
  const isNew = service.versions.length > 0 && requestedVersion === undefined
  return [
    isNew
      ? doubtful(
          `${hook}: version`,
          `It names CRD ${service.versions.join(', ').slice(0, 100)}, of which this app knows none. ${spoken}`,
          `This app knows ${known.join(', ')}. Try a question, and look whether the answer is whole.`,
        )
      : fine(`${hook}: version`, spoken),
    prefetch(service, hook, charts),
    options(service, hook),
  ]
}

function prefetch(service: CdsService, hook: HookName, charts: readonly Chart[]): Finding {
  const what = `${hook}: what it wants to know`
  const keys = Object.keys(service.prefetch)
  if (keys.length === 0) return fine(what, 'It asks for nothing of the chart beforehand.')
  const missing = unanswered(service, hook, charts)
  if (missing.length === 0)
    return fine(what, `${counted(keys.length, 'key')}, all of which can be answered: ${keys.join(', ')}.`)
  return doubtful(
    what,
    `${missing.length} of ${counted(keys.length, 'key')} may stay empty: ${missing.map(({ key, why }) => `${key} (${why})`).join('; ')}.`,
    'Widen the scopes where they are the reason. For the rest ask the payer whether it answers without them.',
  )
}

function options(service: CdsService, hook: HookName): Finding {
  const what = `${hook}: options`
  const settings = settingsOf(service)
  const odd = unusableOptions(service)
  const words =
    settings.length === 0
      ? 'It offers none.'
      : `${settings.map(({ code, fallback }) => (fallback === undefined ? code : `${code} (${fallback})`)).join(', ')}.`
  return odd.length === 0
    ? fine(what, words)
    : doubtful(
        what,
        `${words} Left out, because they are neither yes or no nor a whole number: ${odd.join(', ')}.`,
        'The app works without them. Tell the payer.',
      )
}
