import { at, isObject, type JsonObject, objectsIn, textOf } from './json'

/** What a page's next link leads on from: whose records, and which one came last. */
interface Passed {
  readonly patient: string | undefined
  readonly last: JsonObject | undefined
}

const CAPACITY = 500

const nextOf = (bundle: JsonObject): string | undefined =>
  textOf(objectsIn(bundle.link).find(({ relation }) => relation === 'next')?.url)

const matchesIn = (bundle: JsonObject): readonly JsonObject[] =>
  objectsIn(bundle.entry).filter((entry) => at(entry, 'search', 'mode') === 'match')

/** Whose pages are being turned: next links name no patient, and faults of one member have to hold on all pages. */
export class PageMemory {
  private readonly passed = new Map<string, Passed>()

  /** What came before the page behind this URL. */
  before(url: string): Passed | undefined {
    return this.passed.get(new URL(url).search)
  }

  /** Remembers a page that was just answered. */
  turn(bundle: unknown, patient: string | undefined): void {
    if (!isObject(bundle)) return
    const next = nextOf(bundle)
    if (next === undefined) return
    this.passed.set(new URL(next).search, { patient, last: matchesIn(bundle).at(-1) })
    const [oldest] = this.passed.keys()
    if (this.passed.size > CAPACITY && oldest !== undefined) this.passed.delete(oldest)
  }

  forget(): void {
    this.passed.clear()
  }
}

/** The page with the last record of the page before at its head, as a server does whose data moved meanwhile. */
export const repeating = (body: unknown, last: JsonObject | undefined): unknown =>
  !isObject(body) || body.resourceType !== 'Bundle' || last === undefined
    ? body
    : { ...body, entry: [last, ...objectsIn(body.entry)] }

/** The page with a word about what is missing in it (FHIR: an OperationOutcome entry of mode outcome). */
export function partial(body: JsonObject): JsonObject {
  if (body.resourceType !== 'Bundle') return body
  const outcome = {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'warning',
        code: 'incomplete',
        diagnostics: 'One of our systems did not answer. These results are not complete.',
      },
    ],
  }
  return { ...body, entry: [...objectsIn(body.entry), { resource: outcome, search: { mode: 'outcome' } }] }
}
