import { conceptLine } from './order-item'
import { kindOfOrder } from './order-kinds'
import type { OrderValues } from './order-values'
import { placeName } from './place-of-service'

/** One line of a question in words. */
export interface QuestionLine {
  readonly label: string
  readonly value: string
}

/** A question as it was asked, in words, so that an answer can be read, printed and compared with the form of now. */
export interface AskedQuestion {
  /** Equal for equal questions: an answer whose key is not the form's is stale. */
  readonly key: string
  readonly scenarioVersion: number
  /** What would be ordered, for headings. */
  readonly title: string
  readonly lines: readonly QuestionLine[]
}

/** What the words need besides the form. */
export interface QuestionWords {
  readonly scenarioVersion: number
  readonly key: string
  readonly orderedBy: string
  /** Labels of the chosen problems. */
  readonly reasons: readonly string[]
  /** "Acme Gold PPO"; absent where none was found. */
  readonly coverage?: string
  /** FHIR date to words. */
  readonly formatDate: (value: string) => string
}

/** The form in words. What was left open reads "Not stated". */
export function askedQuestion(values: OrderValues, words: QuestionWords): AskedQuestion {
  const { kind } = values
  const item = values.what[kind].item
  const title = item?.label ?? 'Not stated'
  const stated = (value: string): string => (value.trim() === '' ? 'Not stated' : value.trim())
  const lines: QuestionLine[] = [
    { label: kindOfOrder(kind).label, value: item === null ? title : `${title} (${conceptLine(item)})` },
    { label: 'When', value: words.formatDate(values.when) },
    { label: 'How many', value: stated(values.quantity) },
    { label: 'Why', value: words.reasons.length === 0 ? 'Not stated' : words.reasons.join('; ') },
    { label: 'Performed by', value: stated(values.performer.text) },
  ]
  if (kind === 'ServiceRequest')
    lines.push({
      label: 'Place of service',
      value: values.place === '' ? 'Not stated' : placeName(values.place),
    })
  if (kind === 'MedicationRequest') lines.push({ label: 'Dosage', value: stated(values.dosage) })
  lines.push(
    { label: 'Ordered by', value: stated(words.orderedBy) },
    { label: 'Coverage', value: words.coverage ?? 'Not known' },
  )
  return { key: words.key, scenarioVersion: words.scenarioVersion, title, lines }
}
