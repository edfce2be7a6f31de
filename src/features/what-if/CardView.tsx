import { lazy, type ReactNode, type Ref, Suspense, useState } from 'react'
import { grantsAuthorization } from '../../domain/crd/card-authorization'
import type { MergedCard } from '../../domain/crd/card-groups'
import type { Indicator } from '../../domain/crd/cds-response'
import { formsOf } from '../../domain/crd/questionnaire-source'
import { Disclosure, Notice, Panel, StateTag, type Tone } from '../../ui'
import { CardLinks } from './CardLinks'
import type { CardDesk } from './card-desk'
import { canTellUse } from './card-feedback'
import { Forms } from './Forms'
import { Suggestions } from './Suggestions'

const CardMarkdown = lazy(() => import('./CardMarkdown'))

const LOUDNESS: Readonly<Record<Indicator, { readonly tone: Tone; readonly word: string }>> = {
  critical: { tone: 'no', word: 'Critical' },
  warning: { tone: 'ask', word: 'Warning' },
  info: { tone: 'mute', word: 'For information' },
}

interface Props {
  readonly merged: MergedCard
  readonly desk: CardDesk
  readonly headingRef?: Ref<HTMLHeadingElement>
  /** Below all else: leaving it aside. */
  readonly footer?: ReactNode
}

/** A payer's card: loudness in word and sign, its summary, its words set apart as quoted, what it proposes and where it leads (U6, U7). */
export function CardView({ merged, desk, headingRef, footer }: Props) {
  const { card, copies } = merged
  const { feedback, forms = [] } = desk
  const orders = desk.world.resources
  const actions = card.suggestions.flatMap((suggestion) => suggestion.actions)
  const { tone, word } = LOUDNESS[card.indicator]
  const payers = [...new Set(copies.map((copy) => copy.payerName))].join(' and ')
  const sources = new Set(
    copies.map(({ card: { source }, payerName }) =>
      source.label === payerName ? payerName : `${source.label}, sent by ${payerName}`,
    ),
  )
  const listeners = feedback?.listeners(merged) ?? ''
  return (
    <Panel
      as="article"
      level={3}
      title={card.summary}
      aside={<StateTag tone={tone}>{word}</StateTag>}
      {...(headingRef && { headingRef })}
    >
      <p className="meta">
        {[...sources].map((source) => (
          <span key={source}>{source}</span>
        ))}
        {merged.merged !== undefined && <span>{merged.merged}</span>}
      </p>
      {card.detail !== undefined &&
        (card.indicator === 'info' ? <Folded text={card.detail} /> : <Quoted text={card.detail} />)}
      {grantsAuthorization(card, orders) && (
        <Notice tone="ask" title="This message speaks of an authorization">
          <p>
            Nothing has been ordered, so there is nothing to authorize. Do not rely on it or use its number.
          </p>
        </Notice>
      )}
      {card.links.length > 0 && <CardLinks links={card.links} own={desk.ownLinks} />}
      {card.suggestions.length > 0 && (
        <Suggestions
          card={card}
          desk={desk}
          {...(feedback &&
            listeners !== '' &&
            canTellUse(merged) && {
              telling: {
                sentence: `${listeners} is told, once, if you use it.`,
                onUsed: (keys: readonly string[]) => feedback.accept(merged, keys),
              },
            })}
        />
      )}
      <Forms forms={formsOf(actions, forms)} payerName={payers} />
      {footer}
    </Panel>
  )
}

/** Put into form only once it is opened: payers send many of these. */
function Folded({ text }: { readonly text: string }) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure summary="Read the message" open={open} onToggle={setOpen}>
      {open && <Quoted text={text} />}
    </Disclosure>
  )
}

const Quoted = ({ text }: { readonly text: string }) => (
  <blockquote className="quote wi-quoted">
    <Suspense fallback={<p className="wi-plain">{text}</p>}>
      <CardMarkdown text={text} />
    </Suspense>
  </blockquote>
)
