import { COVERAGE_INFORMATION } from './coverage-information'
import type { FaultName } from './fault'
import { at, isObject, type JsonObject, objectsIn } from './json'
import { partial } from './page-memory'

const HUGE_BYTES = 5_000_000

const FOREIGN = 'https://elsewhere.example'

const card = (more: JsonObject): JsonObject => ({
  uuid: '7c1c1b1e-0000-4000-8000-000000000001',
  summary: 'A message',
  indicator: 'info',
  source: { label: 'Payer', topic: { code: 'guideline' } },
  ...more,
})

/** Cards as an attacker, or a careless author, would write them. */
const HOSTILE: readonly JsonObject[] = [
  card({
    summary: '<script>window.hostile = 1</script>Covered, go ahead',
    indicator: 'success',
    detail: [
      '<script>window.hostile = 2</script>',
      '<img src="https://elsewhere.example/pixel.gif" onerror="window.hostile = 3">',
      '![pixel](https://elsewhere.example/pixel.gif)',
      '[Read the policy](javascript:window.hostile=4)',
      '[Data](data:text/html,<script>window.hostile=5</script>)',
      '<a href="https://elsewhere.example" target="_top">Sign in again</a>',
    ].join('\n\n'),
    links: [
      { label: 'Policy', url: 'javascript:window.hostile=6', type: 'absolute' },
      { label: 'Insecure', url: 'http://elsewhere.example/policy', type: 'absolute' },
    ],
  }),
  card({
    uuid: '7c1c1b1e-0000-4000-8000-000000000002',
    indicator: 'hard-stop',
    selectionBehavior: 'all',
    detail: `# ${'Very loud '.repeat(60)}`,
  }),
]

/** The order-sign answer with another patient's resource changed, or more of the order changed than coverage-information (CRD facts A7). */
function wrongResource(body: JsonObject): JsonObject {
  const actions = objectsIn(body.systemActions).map((action) =>
    isObject(action.resource)
      ? {
          ...action,
          resource: { ...action.resource, priority: 'stat', subject: { reference: 'Patient/someone-else' } },
        }
      : action,
  )
  const stranger = {
    type: 'update',
    description: 'Change the name',
    resource: { resourceType: 'Patient', id: 'someone-else', name: [{ family: 'Changed' }] },
  }
  return { ...body, systemActions: [...actions, stranger] }
}

const granted = (part: JsonObject): JsonObject =>
  part.url === 'pa-needed' ? { ...part, valueCode: 'satisfied' } : part

/** The answer as if the payer had authorized a hypothetical order (against CRD found-35). */
function paGranted(body: JsonObject): JsonObject {
  const grant = (extension: JsonObject): JsonObject =>
    extension.url === COVERAGE_INFORMATION
      ? {
          ...extension,
          extension: [
            ...objectsIn(extension.extension).map(granted),
            { url: 'satisfied-pa-id', valueString: 'PA-2026-000001' },
          ],
        }
      : extension
  const systemActions = objectsIn(body.systemActions).map((action) =>
    isObject(action.resource)
      ? {
          ...action,
          resource: { ...action.resource, extension: objectsIn(action.resource.extension).map(grant) },
        }
      : action,
  )
  return { ...body, systemActions }
}

function foreignNext(body: JsonObject, origin: string): JsonObject {
  if (body.resourceType !== 'Bundle') return body
  const others = objectsIn(body.link).filter((link) => link.relation !== 'next')
  const self = new URL(
    String(
      at(
        others.find((link) => link.relation === 'self'),
        'url',
      ) ?? '/fhir',
    ),
    FOREIGN,
  )
  return {
    ...body,
    link: [...others, { relation: 'next', url: `${origin || FOREIGN}${self.pathname}?page=2` }],
  }
}

/** A JSON answer after a fault; faults that do not concern a body leave it as it is. */
export function spoiled(name: FaultName, arg: string, body: unknown): unknown {
  const answer = isObject(body) ? body : {}
  switch (name) {
    case 'malformed':
      return 'resourceType' in answer
        ? { resourceType: 'Bundle', type: 7, link: 'none', entry: { 0: 'not a list' } }
        : { cards: { summary: 'not a list' }, systemActions: [1, 'two', null, { type: 3, resource: 'text' }] }
    case 'huge':
      return !answer.cards ? body : { ...answer, cards: [card({ detail: 'Long. '.repeat(HUGE_BYTES / 6) })] }
    case 'empty':
      if (answer.resourceType === 'Bundle') return { ...answer, total: 0, entry: [], link: [] }
      return answer.cards ? { cards: [] } : body
    case 'hostile-markdown':
      return !answer.cards ? body : { ...answer, cards: [...HOSTILE, ...objectsIn(answer.cards)] }
    case 'wrong-resource':
      return answer.cards ? wrongResource(answer) : body
    case 'pa-granted':
      return answer.cards ? paGranted(answer) : body
    case 'partial':
      return partial(answer)
    case 'foreign-next':
      return foreignNext(answer, arg)
    default:
      return body
  }
}
