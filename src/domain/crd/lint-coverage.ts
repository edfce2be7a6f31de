import { at, isObject, type JsonObject, list, objects, text } from '../json'
import { reasonWords } from './coverage-codes'
import { readFacts } from './coverage-facts'
import { codeOf, elementValue } from './coverage-value'
import { coverageInformationUrl } from './foreign-changes'
import { type Finding, finding, type LintRule } from './lint-finding'

/** A coverage-information extension with its place in the response. */
export interface Located {
  readonly extension: JsonObject
  readonly path: string
}

/** The coverage-information of a resource; `path`: that of the resource. */
export const coverageIn = (resource: unknown, path: string): readonly Located[] =>
  list(resource, 'extension').flatMap((extension, index) =>
    isObject(extension) && extension.url === coverageInformationUrl
      ? [{ extension, path: `${path}.extension[${index}]` }]
      : [],
  )

/** What one coverage-information extension says, as far as the invariants ask for it. */
interface Said {
  readonly codes: (name: string) => readonly string[]
  readonly has: (name: string) => boolean
  readonly parts: (name: string) => readonly JsonObject[]
}

interface Invariant {
  readonly rule: LintRule
  readonly isBroken: (said: Said) => boolean
  readonly sentence: string
}

const determinations = ['covered', 'pa-needed', 'doc-needed'] as const

const anyIs = (said: Said, names: readonly string[], code: string): boolean =>
  names.some((name) => said.codes(name).includes(code))

/** By meaning: the published expressions of q4 and q8 do not say what their words say (crd-facts A6). */
const invariants: readonly Invariant[] = [
  {
    rule: 'q1',
    isBroken: (said) =>
      (said.has('questionnaire') || said.has('response')) &&
      !said.codes('doc-needed').some((code) => code !== 'no-doc'),
    sentence: 'The payer names a form and does not say that documents are needed.',
  },
  {
    rule: 'q2',
    isBroken: (said) => said.codes('covered').includes('not-covered') && said.has('pa-needed'),
    sentence: 'The payer says “not covered” and speaks of prior authorization all the same.',
  },
  {
    rule: 'q3',
    isBroken: (said) => anyIs(said, determinations, 'conditional') && !said.has('info-needed'),
    sentence: 'The payer says that it depends, and does not say on what.',
  },
  {
    rule: 'q4',
    isBroken: (said) =>
      (anyIs(said, ['pa-needed'], 'satisfied') || anyIs(said, ['pa-needed'], 'no-auth')) &&
      said.codes('doc-purpose').includes('withpa'),
    sentence:
      'The payer wants documents with an authorization request, though by its own words none has to be made.',
  },
  {
    rule: 'q5',
    isBroken: (said) => anyIs(said, ['pa-needed'], 'satisfied') !== said.has('satisfied-pa-id'),
    sentence:
      'An authorization that counts as granted and its number belong together; one of them is missing.',
  },
  {
    rule: 'q6',
    isBroken: (said) => said.codes('info-needed').includes('OTH') && !said.has('reason'),
    sentence: 'The payer needs information of another kind and does not say which.',
  },
  {
    rule: 'q7',
    isBroken: (said) => said.parts('reason').some(isReasonWithoutWords),
    sentence: 'A reason carries a code that is not in the standard’s list, without words for it.',
  },
  {
    rule: 'q8',
    isBroken: (said) => said.codes('doc-purpose').includes('OTH') && !said.has('reason'),
    sentence: 'The payer wants documents for another purpose and does not say which.',
  },
  {
    rule: 'q9',
    isBroken: (said) => anyIs(said, determinations, 'indeterminate') && !said.has('reason'),
    sentence: 'The payer could not decide and does not say why.',
  },
]

function isReasonWithoutWords(reason: JsonObject): boolean {
  const value = elementValue(reason)
  const codes = objects(value, 'coding').flatMap((coding) => text(coding, 'code') ?? [])
  return (
    codes.length > 0 &&
    !codes.some((code) => Object.hasOwn(reasonWords, code)) &&
    text(at(value, 'text')) === undefined
  )
}

/** 1..1 in every version. */
const required = ['coverage', 'covered', 'date', 'coverage-assertion-id'] as const

/** Findings on one coverage-information extension: invariants, missing and unknown parts, an authorization for nothing. */
export function lintCoverage({ extension, path }: Located): readonly Finding[] {
  const all = objects(extension, 'extension')
  const parts = (name: string) => all.filter((part) => part.url === name)
  const said: Said = {
    parts,
    has: (name) => parts(name).length > 0,
    codes: (name) => parts(name).flatMap((part) => codeOf(part) ?? []),
  }
  const missing = required.filter((name) => !said.has(name))
  const unknown = [...new Set(readFacts(extension).notStandard.map((part) => part.name))]
  return [
    ...invariants.flatMap(({ rule, isBroken, sentence }) =>
      isBroken(said) ? [finding(rule, path, sentence)] : [],
    ),
    ...(missing.length > 0
      ? [finding('coverage-part-missing', path, `The answer lacks what each needs: ${missing.join(', ')}.`)]
      : []),
    ...(unknown.length > 0
      ? [finding('coverage-part-unknown', path, 'The answer has parts that the standard does not know.')]
      : []),
    // CRD found-35.
    ...(said.has('satisfied-pa-id') || anyIs(said, ['pa-needed'], 'satisfied')
      ? [
          finding(
            'authorization-for-hypothetical',
            path,
            'The payer speaks of a granted authorization, though nothing was ordered. Do not use its number.',
          ),
        ]
      : []),
  ]
}
