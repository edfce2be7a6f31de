import { type FormItem, readQuestionnaire } from '../../domain/crd/questionnaire'
import type { FhirJson } from '../../domain/json'
import { Disclosure } from '../../ui'
import { ExternalLink } from './ExternalLink'

/** Longer lists of answers are folded. */
const MANY = 8

/** A payer's form for reading: its questions in their order. It cannot be filled in here (CRD resp-61: no substitute for DTR). */
export default function QuestionnaireView({ form }: { readonly form: FhirJson }) {
  const outline = readQuestionnaire(form)
  if (outline === undefined) return <p>This is no form that can be read.</p>
  const { title, version, description, items, questions, unreadable } = outline
  return (
    <section className="stack" aria-label={title}>
      <p className="meta">
        <span>{questions === 1 ? '1 question' : `${questions} questions`}</span>
        {version !== undefined && <span>Version {version}</span>}
        <span>For reading only: it cannot be filled in here</span>
      </p>
      {description !== undefined && <p className="wi-plain">{description}</p>}
      {items.length > 0 ? (
        <ol className="wi-outline">
          {items.map((item) => (
            <Item key={item.key} item={item} />
          ))}
        </ol>
      ) : (
        <p>This form has no questions that can be read.</p>
      )}
      {unreadable > 0 && (
        <p>
          {unreadable === 1
            ? '1 part of this form could not be read.'
            : `${unreadable} parts of this form could not be read.`}
        </p>
      )}
    </section>
  )
}

function Item({ item }: { readonly item: FormItem }) {
  const words = item.prefix === undefined ? item.words : `${item.prefix} ${item.words}`
  return (
    <li>
      <p className="wi-plain">{item.kind === 'group' ? <strong>{words}</strong> : words}</p>
      <Notes item={item} />
      <Options item={item} />
      {item.items.length > 0 && (
        <ol>
          {item.items.map((each) => (
            <Item key={each.key} item={each} />
          ))}
        </ol>
      )}
    </li>
  )
}

/** How it is answered, and when it is asked. */
function Notes({ item }: { readonly item: FormItem }) {
  const notes = [
    item.answer,
    item.isRequired ? 'Required' : undefined,
    item.isRepeatable ? 'May be given more than once' : undefined,
    item.isForMachines ? 'Filled in by the payer’s system' : undefined,
    item.condition,
  ].filter((note) => note !== undefined)
  if (notes.length === 0) return null
  return (
    <p className="meta">
      {notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
    </p>
  )
}

function Options({ item: { options, optionsFrom } }: { readonly item: FormItem }) {
  if (optionsFrom !== undefined)
    return (
      <p className="small soft">
        The answers to choose from were not sent along:{' '}
        <ExternalLink url={optionsFrom}>{optionsFrom}</ExternalLink>
      </p>
    )
  if (options.length === 0) return null
  const list = (
    <ul className="wi-options small">
      {options.map((option, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the answers of a form never move
        <li key={i}>{option}</li>
      ))}
    </ul>
  )
  return options.length > MANY ? <Disclosure summary={`${options.length} answers`}>{list}</Disclosure> : list
}
