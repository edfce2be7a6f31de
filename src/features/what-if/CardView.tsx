import { lazy, Suspense } from 'react'
import type { MergedCard } from '../../domain/crd/card-groups'
import type { CardLink, Indicator } from '../../domain/crd/cds-response'
import { Disclosure, Panel, StateTag, type Tone } from '../../ui'
import { ExternalLink } from './ExternalLink'
import { type SuggestionDesk, Suggestions } from './Suggestions'

const CardMarkdown = lazy(() => import('./CardMarkdown'))

const LOUDNESS: Readonly<Record<Indicator, { readonly tone: Tone; readonly word: string }>> = {
  critical: { tone: 'no', word: 'Critical' },
  warning: { tone: 'ask', word: 'Warning' },
  info: { tone: 'mute', word: 'For information' },
}

interface Props {
  readonly merged: MergedCard
  readonly payerName: string
  readonly desk: SuggestionDesk
}

/** A payer's card: loudness in word and sign, its summary, its words set apart as quoted, what it proposes and where it leads (U6, U7). */
export function CardView({ merged, payerName, desk }: Props) {
  const { card, copies } = merged
  const { tone, word } = LOUDNESS[card.indicator]
  const labels = [...new Set(copies.map((copy) => copy.card.source.label))]
  const sources = labels.map((label) => (label === payerName ? payerName : `${label}, sent by ${payerName}`))
  return (
    <Panel as="article" level={3} title={card.summary} aside={<StateTag tone={tone}>{word}</StateTag>}>
      <p className="meta">
        {sources.map((source) => (
          <span key={source}>{source}</span>
        ))}
        {merged.merged !== undefined && <span>{merged.merged}</span>}
      </p>
      {card.detail !== undefined &&
        (card.indicator === 'info' ? (
          <Disclosure summary="Read the message">
            <Quoted text={card.detail} />
          </Disclosure>
        ) : (
          <Quoted text={card.detail} />
        ))}
      {card.links.length > 0 && (
        <ul className="plain wi-links">
          {card.links.map((link) => (
            <li key={[link.kind, link.label, link.given, link.appContext].join(' ')}>
              <LinkView link={link} />
            </li>
          ))}
        </ul>
      )}
      {card.suggestions.length > 0 && <Suggestions card={card} desk={desk} />}
    </Panel>
  )
}

const Quoted = ({ text }: { readonly text: string }) => (
  <blockquote className="quote wi-quoted">
    <Suspense fallback={<p className="wi-plain">{text}</p>}>
      <CardMarkdown text={text} />
    </Suspense>
  </blockquote>
)

function LinkView({ link }: { readonly link: CardLink }) {
  if (link.kind === 'smart')
    return (
      <>
        <strong>{link.label}</strong>
        <br />
        <span className="soft small">
          Open this from the chart: it is an app that only the chart can start.
        </span>
      </>
    )
  if (link.href === undefined)
    return (
      <>
        <strong>{link.label}</strong>
        <br />
        <span className="soft small">Not opened from here: its address is not safe. </span>
        <code className="small">{link.given}</code>
      </>
    )
  return <ExternalLink url={link.href}>{link.label}</ExternalLink>
}
