import type { CardTopic } from '../../domain/crd/card-groups'
import { topicWords } from './topic-words'

interface Props {
  readonly topics: readonly CardTopic[]
  /** Codes; none chosen shows all. */
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (codes: ReadonlySet<string>) => void
  readonly shown: number
  readonly total: number
}

/** Which kinds of messages are shown. What is left out is always said (U4, U6). */
export function TopicFilter({ topics, chosen, onChoose, shown, total }: Props) {
  const toggle = (code: string, isOn: boolean) => {
    const others = [...chosen].filter((each) => each !== code)
    onChoose(new Set(isOn ? [...others, code] : others))
  }
  return (
    <fieldset className="wi-topics no-print">
      <legend>Show</legend>
      <div className="cluster">
        <label className="chip">
          <input type="checkbox" checked={chosen.size === 0} onChange={() => onChoose(new Set())} />
          All ({total})
        </label>
        {topics.map((topic) => (
          <label key={topic.code} className="chip">
            <input
              type="checkbox"
              checked={chosen.has(topic.code)}
              onChange={(event) => toggle(topic.code, event.target.checked)}
            />
            {topicWords(topic)} ({topic.count})
          </label>
        ))}
      </div>
      <p className="soft small" role="status">
        {shown === total ? `All ${total} messages shown.` : `${shown} of ${total} messages shown.`}
      </p>
    </fieldset>
  )
}
