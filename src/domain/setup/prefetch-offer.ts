import type { CdsService } from '../crd/discovery'
import type { HookName } from '../crd/hooks'
import { dependenciesOf, parseTemplate, type Template } from '../crd/prefetch-template'
import type { Chart } from './world'

/** A key that stays empty, and why, in words. */
interface Unanswered {
  readonly key: string
  readonly why: string
}

/** What a hook's context has beside the patient (CDS Hooks and CRD "Supported hooks"); both spellings of order-dispatch. */
const FIELDS: Readonly<Record<HookName, readonly string[]>> = {
  'order-sign': ['userId', 'encounterId', 'draftOrders'],
  'order-select': ['userId', 'encounterId', 'draftOrders', 'selections'],
  'order-dispatch': ['dispatchedOrders', 'performer', 'fulfillmentTasks', 'order', 'task'],
  'appointment-book': ['userId', 'encounterId', 'appointments'],
  'encounter-start': ['userId', 'encounterId'],
  'encounter-discharge': ['userId', 'encounterId'],
}

const USER = /^user(Practitioner|PractitionerRole|Patient|RelatedPerson)Id$/

/** The keys of a service that cannot be answered, at some chart or anywhere (CRD found-24, found-25, found-31). */
export function unanswered(
  { prefetch }: Pick<CdsService, 'prefetch'>,
  hook: HookName,
  charts: readonly Chart[],
): readonly Unanswered[] {
  return Object.entries(prefetch).flatMap(([key, source]) => {
    const template = parseTemplate(source)
    const why =
      template === undefined
        ? 'what it asks for cannot be read'
        : (unknownName(template, source, hook, prefetch) ?? notInCharts(template, charts))
    return why === undefined ? [] : [{ key, why }]
  })
}

function unknownName(
  template: Template,
  source: string,
  hook: HookName,
  prefetch: CdsService['prefetch'],
): string | undefined {
  const other = dependenciesOf(template).find((name) => !Object.hasOwn(prefetch, name) && !USER.test(name))
  if (other !== undefined) return `it needs ${other}, which is no key of this service`
  const fields = [...source.matchAll(/context\.([A-Za-z]+)/g)].flatMap((match) => match[1] ?? [])
  const unknown = fields.find((field) => field !== 'patientId' && !FIELDS[hook].includes(field))
  return unknown === undefined ? undefined : `it needs ${unknown}, which this hook does not have`
}

function notInCharts(template: Template, charts: readonly Chart[]): string | undefined {
  const type = typeOf(template)
  // The one coverage that is asked about travels with every question.
  if (type === undefined || type === 'Coverage') return undefined
  const missing = charts.flatMap(({ name, capability }) => {
    const can = template.kind === 'read' ? capability.canRead(type) : capability.canSearch(type)
    if (can === 'yes') return []
    return [
      can === 'no-scope' ? `the scopes for ${name} leave ${type} out` : `${name} does not offer ${type}`,
    ]
  })
  return missing.length === 0 ? undefined : missing.join(', ')
}

/** The type that is looked up, where the template itself says it. */
function typeOf(template: Template): string | undefined {
  if (template.kind === 'search') return template.type
  const [first] = template.path
  return first !== undefined && 'literal' in first
    ? /^([A-Z][A-Za-z]+)\//.exec(first.literal)?.[1]
    : undefined
}
