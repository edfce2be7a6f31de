import type { AnswerContact, AnswerDetail, CoverageAnswer } from '../../domain/crd/coverage-answer'
import { namedForms } from '../../domain/crd/questionnaire-source'
import type { FhirJson } from '../../domain/json'
import { Disclosure, type Fact, Facts, Notice } from '../../ui'
import { systemName } from '../asking/order-kinds'
import { withDates } from '../asking/with-dates'
import { ExternalLink } from './ExternalLink'
import { Forms } from './Forms'

interface Props {
  readonly answer: CoverageAnswer
  /** The payer's line for people, where the answer names none. */
  readonly phone: string | undefined
  readonly payerName: string
  /** Questionnaires that came along with the answer. */
  readonly forms: readonly FhirJson[]
}

/** The facts of one assertion, always in the order of U3; codes under "Details". */
export function Assertion({ answer, phone, payerName, forms }: Props) {
  return (
    <>
      {answer.notices.length > 0 && (
        <Notice tone="ask" title="Check this answer">
          <Sentences of={answer.notices} />
        </Notice>
      )}
      <Facts items={factsOf(answer, phone)} />
      <Forms forms={namedForms(answer.questionnaires, forms)} payerName={payerName} />
      <Disclosure summary="Details">
        <Details answer={answer} />
      </Disclosure>
    </>
  )
}

function factsOf(answer: CoverageAnswer, phone: string | undefined): readonly Fact[] {
  const facts: Fact[] = answer.lines.map((line) => ({
    term: line.label,
    value:
      line.id === 'contact' ? (
        <Contacts of={answer.contacts} />
      ) : (
        <Sentences of={line.words.length === 0 ? ['Not stated'] : line.words.map(withDates)} />
      ),
  }))
  for (const detail of answer.details.filter((d) => d.category !== 'limitation'))
    facts.push({ term: detail.label.words, value: <DetailValue detail={detail} /> })
  if (phone !== undefined && answer.contacts.length === 0)
    facts.push({ term: 'Questions', value: <span className="num">{phone}</span> })
  return distinctTerms(facts)
}

function Sentences({ of }: { readonly of: readonly string[] }) {
  if (of.length === 1) return of[0]
  return (
    <ul className="plain">
      {of.map((sentence, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the sentences of an answer never move
        <li key={i}>{sentence}</li>
      ))}
    </ul>
  )
}

/** Phone numbers and addresses as text, https pages to be opened. */
const Contacts = ({ of }: { readonly of: readonly AnswerContact[] }) => (
  <ul className="plain">
    {of.map((contact, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the contacts of an answer never move
      <li key={i}>
        {contact.name !== undefined && `${contact.name}: `}
        <ExternalLink url={contact.href}>{contact.value}</ExternalLink>
      </li>
    ))}
  </ul>
)

const DetailValue = ({ detail }: { readonly detail: AnswerDetail }) => (
  <>
    {detail.href === undefined ? detail.value : <ExternalLink url={detail.href}>Open</ExternalLink>}
    {detail.qualification !== undefined && ` (${detail.qualification})`}
  </>
)

function Details({ answer }: { readonly answer: CoverageAnswer }) {
  const items: Fact[] = [
    ...answer.lines
      .filter((line) => line.codes.length > 0)
      .map((line) => ({ term: `Code: ${line.label}`, value: <code>{line.codes.join(', ')}</code> })),
    ...(answer.billingCodes.length === 0
      ? []
      : [
          {
            term: 'Holds for',
            value: answer.billingCodes.map((c) => `${systemName(c.system)} ${c.code}`).join(', '),
          },
        ]),
    ...answer.questionnaires.map((url) => ({ term: 'Form of the payer', value: <code>{url}</code> })),
    ...answer.responses.map((each) => ({ term: 'Form filled in already', value: <code>{each}</code> })),
    ...answer.dependencies.map((each) => ({ term: 'Depends on', value: <code>{each}</code> })),
    ...answer.notStandard.map((part) => ({ term: `Not in the standard: ${part.name}`, value: part.value })),
    { term: 'About', value: <code>{answer.order}</code> },
    ...(answer.coverage === undefined ? [] : [{ term: 'Coverage', value: <code>{answer.coverage}</code> }]),
    ...(answer.satisfiedPaId === undefined
      ? []
      : [
          {
            term: 'Authorization number (not valid for a what-if)',
            value: <code>{answer.satisfiedPaId}</code>,
          },
        ]),
  ]
  return <Facts items={distinctTerms(items)} />
}

/** A list of facts is keyed by its terms: a term that repeats is numbered. */
function distinctTerms(items: readonly Fact[]): readonly Fact[] {
  const seen = new Map<string, number>()
  return items.map((item) => {
    const count = (seen.get(item.term) ?? 0) + 1
    seen.set(item.term, count)
    return count === 1 ? item : { ...item, term: `${item.term} (${count})` }
  })
}
