import type { FhirJson } from '../json'
import type { AnswerLine, CodedFact, CoverageAnswer, CoverageFacts } from './coverage-answer'
import { findReferenced } from './suggestion-references'
import { draftName } from './suggestion-words'

/** The lines of U3 in their fixed order. The first four always stand there: a gap is said, not left blank (U4). `orders`: as they were sent. */
export function answerLines(answer: CoverageFacts, orders: readonly FhirJson[] = []): readonly AnswerLine[] {
  const appliesIf = conditions(answer, orders)
  const lines: readonly AnswerLine[] = [
    {
      id: 'covered',
      label: 'Covered?',
      words: [answer.covered?.words ?? 'Not stated', ...answer.reasons.map((reason) => reason.words)],
      codes: codes([...(answer.covered ? [answer.covered] : []), ...answer.reasons]),
    },
    {
      id: 'prior-authorization',
      label: 'Prior authorization?',
      words: [answer.priorAuthorization?.words ?? 'Not stated'],
      codes: codes(answer.priorAuthorization ? [answer.priorAuthorization] : []),
    },
    {
      id: 'documents',
      label: 'Documents needed?',
      words: documents(answer),
      codes: codes([...answer.documents, ...answer.documentPurposes]),
    },
    {
      id: 'information',
      label: 'Information needed?',
      words: answer.information.length > 0 ? words(answer.information) : [noneAsked(answer)],
      codes: codes(answer.information),
    },
    {
      id: 'applies-if',
      label: 'Applies if',
      words: appliesIf,
      codes: answer.billingCodes.map(systemAndCode),
    },
    { id: 'dates', label: 'As of / until', words: dates(answer), codes: [] },
    {
      id: 'reference',
      label: 'Reference',
      words: answer.assertionId === undefined ? [] : [answer.assertionId],
      codes: [],
    },
    {
      id: 'contact',
      label: 'Contact',
      words: answer.contacts.map((c) => (c.name === undefined ? c.value : `${c.name}: ${c.value}`)),
      codes: [],
    },
  ]
  return lines.filter((line, index) => index < 4 || line.words.length > 0)
}

const words = (facts: readonly CodedFact[]): readonly string[] => facts.map((fact) => fact.words)

const codes = (facts: readonly CodedFact[]): readonly string[] =>
  facts.flatMap((fact) => (fact.code === '' ? [] : [fact.code]))

/** "None asked for" only where the payer has decided something: else its saying nothing says nothing. */
const noneAsked = (answer: CoverageFacts): string =>
  answer.verdict.kind === 'covered' ||
  answer.verdict.kind === 'not-covered' ||
  answer.verdict.kind === 'conditional'
    ? 'None asked for'
    : 'Not stated'

function documents(answer: CoverageFacts): readonly string[] {
  const forms = answer.questionnaires.length
  const said = [
    ...words(answer.documents),
    ...words(answer.documentPurposes),
    ...(forms > 0
      ? [forms === 1 ? 'A form of the payer to fill in' : `${forms} forms of the payer to fill in`]
      : []),
    ...(answer.responses.length > 0 ? ['The payer refers to a form that was already filled in'] : []),
  ]
  return said.length > 0 ? said : [noneAsked(answer)]
}

/** Scope: outside of it no conclusion may be drawn (crd-facts A6, reading rules). */
function conditions(answer: CoverageFacts, orders: readonly FhirJson[]): readonly string[] {
  const billing = answer.billingCodes.map((code) =>
    code.display === '' ? code.code : `${code.code} (${code.display})`,
  )
  const limits = answer.details
    .filter((detail) => detail.category === 'limitation' || detail.category === 'not-stated')
    .map((d) => `${d.label.words}: ${d.value}${d.qualification === undefined ? '' : ` (${d.qualification})`}`)
  return [
    ...(billing.length > 0 ? [`Billed as ${billing.join(', ')}`] : []),
    ...limits,
    ...answer.dependencies.map((reference) => {
      const order = findReferenced(reference, orders)
      const name = order === undefined ? `${reference}, which is not part of this question` : draftName(order)
      return `Only if this order goes ahead too: ${name}`
    }),
  ]
}

const dates = (answer: CoverageFacts): readonly string[] => [
  ...(answer.asOf === undefined ? [] : [`As of ${answer.asOf}`]),
  ...(answer.until === undefined ? [] : [`Until ${answer.until}`]),
]

const systemAndCode = (code: { readonly system: string; readonly code: string }): string =>
  code.system === '' ? code.code : `${code.system}|${code.code}`

/** What is odd about an answer, in words. `coverage`: the one that was asked about. */
export function answerNotices(
  answer: Omit<CoverageAnswer, 'notices' | 'lines'>,
  coverage: string,
  action: 'create' | 'update',
): readonly string[] {
  const authorization = answer.priorAuthorization?.code
  const found: readonly (string | false)[] = [
    !answer.isAsked && 'The payer answered about an order that was not asked about.',
    answer.coverage !== undefined &&
      !isSameReference(answer.coverage, coverage) &&
      'The payer answered about another coverage than the one that was asked about.',
    // CRD found-35: an authorization number has no place in the answer to a hypothetical question.
    (answer.satisfiedPaId !== undefined || authorization === 'satisfied') &&
      'The payer speaks of an authorization for an order that does not exist. Do not rely on it, and do not use its number.',
    answer.verdict.kind === 'not-covered' &&
      authorization !== undefined &&
      'The payer says “not covered” and still speaks of prior authorization. Ask the payer which of them holds.',
    action === 'create' && 'The payer sent its answer as a new order. Nothing was created.',
    answer.foreignChanges.length > 0 &&
      `The payer also tried to change the order itself (${answer.foreignChanges.join(', ')}). Nothing was changed.`,
    answer.notStandard.length > 0 &&
      'Part of the answer is not in the standard’s form and was not interpreted.',
  ]
  return found.filter((notice) => notice !== false)
}

/** Absolute or relative: the last two steps tell. */
const isSameReference = (a: string, b: string): boolean =>
  a.split('/').slice(-2).join('/') === b.split('/').slice(-2).join('/')
