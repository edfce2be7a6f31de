import { authorizationWords, coveredWords } from '../../src/domain/crd/coverage-codes'
import { isObject, objects, text } from '../../src/domain/json'

/** What a payer said of one service, in the codes of CRD; `none` where it did not say, `other` for a code that is none of CRD's. */
export interface CoverageResult {
  readonly covered: string
  readonly authorization: string
}

const COVERAGE_INFORMATION = /ext-coverage-information$/

/** Every coverage information in an answer, wherever it stands. Nothing of the order, the patient or the words goes along. */
export function coverageResults(body: string): readonly CoverageResult[] {
  if (!body.includes('ext-coverage-information')) return []
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return []
  }
  return found(json)
}

function found(value: unknown): readonly CoverageResult[] {
  if (Array.isArray(value)) return value.flatMap(found)
  if (!isObject(value)) return []
  if (COVERAGE_INFORMATION.test(text(value, 'url') ?? '')) {
    const code = (url: string, known: Readonly<Record<string, string>>): string => {
      const said = objects(value, 'extension').find((part) => part.url === url)
      const own = text(said, 'valueCode')
      return own === undefined ? 'none' : Object.hasOwn(known, own) ? own : 'other'
    }
    return [{ covered: code('covered', coveredWords), authorization: code('pa-needed', authorizationWords) }]
  }
  return Object.values(value).flatMap(found)
}
