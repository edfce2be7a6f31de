import type { PreparedQuestion } from '../../domain/crd/ask'
import type { Disclosure as Sent } from '../../domain/crd/disclosure'
import { CopyButton, Disclosure } from '../../ui'
import { markIdentifying } from './identifying'

/** "Devices, practitioner roles: The question refers to nothing of this kind." One line a reason, keys as words. */
function leftOutLines(leftOut: Sent['leftOut']): readonly string[] {
  const byReason = new Map<string, string[]>()
  for (const { prefetchKey, why } of leftOut) {
    const words = prefetchKey.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
    byReason.set(why, [...(byReason.get(why) ?? []), words])
  }
  return [...byReason].map(([why, keys]) => {
    const list = keys.join(', ')
    return `${list.charAt(0).toUpperCase()}${list.slice(1)}: ${why}`
  })
}

/** What goes to one payer: in words, where each part comes from, and to the letter. */
export default function SentView({ prepared }: { readonly prepared: PreparedQuestion }) {
  const sent = prepared.disclosure
  return (
    <div className="stack">
      <p>{sent.summary}</p>
      <ul className="wi-sent">
        {sent.items.map((item) => (
          <li key={`${item.what} ${item.from} ${item.prefetchKey ?? ''}`}>
            {item.what}
            {item.count !== 1 && ` (${item.count})`}
            <span className="soft small"> {item.from === 'chart' ? 'from the chart' : 'from this form'}</span>
          </li>
        ))}
      </ul>
      {sent.leftOut.length > 0 && (
        <>
          <p>The payer asks for more, and does not get it:</p>
          <ul className="wi-sent">
            {leftOutLines(sent.leftOut).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {sent.notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
      {prepared.provenance.length > 0 && (
        <Disclosure summary={`Where each part comes from (${prepared.provenance.length})`}>
          <Provenance prepared={prepared} />
        </Disclosure>
      )}
      <Disclosure summary={`To the letter (${Math.max(1, Math.round(sent.bytes / 1000))} kB)`}>
        <p className="small soft">Underlined and marked: what tells who the patient is.</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls by keyboard inside its own frame */}
        <pre className="code" tabIndex={0}>
          {markIdentifying(sent.json).map((part, i) =>
            part.isIdentifying ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
              <mark key={i} className="wi-mark">
                {part.text}
              </mark>
            ) : (
              part.text
            ),
          )}
        </pre>
        <CopyButton text={sent.json} label="Copy what would be sent" />
      </Disclosure>
    </div>
  )
}

const OUTCOMES = {
  sent: 'Sent',
  none: 'Asked for; there is nothing',
  'left-out': 'Left out',
} as const

/** Each key that the payer asks for (prefetch), with the payer's own query and what came of it. */
const Provenance = ({ prepared }: { readonly prepared: PreparedQuestion }) => (
  <dl className="wi-provenance">
    {prepared.provenance.map(({ key, outcome, counts, why }) => {
      const found = Object.entries(counts).map(([type, count]) => `${count} ${type}`)
      return (
        <div key={key}>
          <dt>{key}</dt>
          <dd>
            {OUTCOMES[outcome]}
            {found.length > 0 && `: ${found.join(', ')} from the chart`}
            {outcome === 'sent' && found.length === 0 && ', from this form'}
            {why !== undefined && `: ${why}`}
            <code className="small soft">{prepared.service.prefetch[key]}</code>
          </dd>
        </div>
      )
    })}
  </dl>
)
