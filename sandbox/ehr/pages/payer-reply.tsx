/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Booking } from '../booking'
import type { Card, CardLink } from '../cards'
import { CLIENTS } from '../clients'
import type { Ehr } from '../context'
import { dateText, displayName, timeText } from '../display'
import type { PayerReply } from '../payer-call'
import type { Launch } from '../smart/launches'
import { Layout, type Page } from './layout'

interface PayerReplyProps {
  readonly ehr: Ehr
  readonly booking: Booking
  readonly reply: PayerReply
  /** The form as it was sent, for the confirmation. */
  readonly given: Readonly<{ [name: string]: string | undefined }>
  /** Makes the launch that a card's smart link opens, with its appContext. */
  readonly openApp: (appContext: string | undefined) => Launch
}

const WORDS = { info: 'Information', warning: 'Warning', critical: 'Critical' } as const

/** Is this link the launch URL of an app that is registered here? */
function isRegisteredApp(ehr: Ehr, url: string): boolean {
  const { origin, pathname } = new URL(url)
  return CLIENTS.some((client) => `${ehr.app}${client.launchPath}` === `${origin}${pathname}`)
}

function Link({ link, props }: { readonly link: CardLink; readonly props: PayerReplyProps }) {
  if (link.type === 'absolute')
    return (
      <a href={link.url} target="_blank" rel="noopener noreferrer">
        {link.label} <span class="host">({new URL(link.url).host})</span>
      </a>
    )
  if (!isRegisteredApp(props.ehr, link.url))
    return <span>{link.label}: this app is not registered here.</span>
  // The launch is made now and named by its opaque id, so that what the card says of the member stands in no URL.
  return (
    <a class="button" href={`/launches/${props.openApp(link.appContext).id}`}>
      {link.label}
    </a>
  )
}

function CardView({ card, props }: { readonly card: Card; readonly props: PayerReplyProps }) {
  return (
    <li class={`payer-card ${card.indicator}`}>
      <p class="indicator">
        {WORDS[card.indicator]} from {card.source}
      </p>
      <h3>{card.summary}</h3>
      {(card.detail ?? '')
        .split(/\n{2,}/)
        .filter((paragraph) => paragraph.trim() !== '')
        .map((paragraph) => (
          <p key={paragraph} class="paragraph">
            {paragraph}
          </p>
        ))}
      {card.links.length > 0 ? (
        <ul class="links">
          {card.links.map((link) => (
            <li key={link.url}>
              <Link link={link} props={props} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function Reply({ props }: { readonly props: PayerReplyProps }) {
  const { reply } = props
  switch (reply.kind) {
    case 'not-asked':
      return <p class="notice">No payer was asked. {reply.reason}</p>
    case 'failed':
      return (
        <p class="notice problem">
          {reply.payer} could not be asked: {reply.reason}. This says nothing about coverage.
        </p>
      )
    case 'answered':
      return (
        <>
          {reply.cards.length === 0 ? (
            <p class="notice">
              {reply.payer} returned no messages. This does not mean that the appointment is covered.
            </p>
          ) : (
            <ul class="payer-cards">
              {reply.cards.map((card) => (
                <CardView key={card.summary} card={card} props={props} />
              ))}
            </ul>
          )}
          {reply.unreadable > 0 ? (
            <p class="notice problem">{reply.unreadable} of its messages could not be read.</p>
          ) : null}
        </>
      )
  }
}

/** What the payer said of a proposed appointment, and the way to book it all the same. */
export function PayerReplyPage(props: PayerReplyProps): Page {
  const { booking, given } = props
  return Layout({
    title: 'Proposed appointment',
    place: 'appointments',
    children: (
      <>
        <h1>Proposed appointment</h1>
        <section class="card" aria-labelledby="proposal">
          <h2 id="proposal">
            {booking.service.label} for {displayName(booking.patient)}
          </h2>
          <p>
            {dateText(booking.start)}, {timeText(booking.start)}, with {displayName(booking.practitioner)}
            {booking.location ? `, ${displayName(booking.location)}` : ''}. Not booked yet.
          </p>
          <form method="post" action="/appointments" class="row">
            {Object.entries(given).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value ?? ''} />
            ))}
            <button type="submit">Confirm the appointment</button>
            <button type="submit" class="secondary" formaction="/appointments/change">
              Change it
            </button>
          </form>
        </section>
        <section aria-labelledby="reply">
          <h2 id="reply">{props.reply.kind === 'not-asked' ? 'Payer' : `From ${props.reply.payer}`}</h2>
          <Reply props={props} />
        </section>
      </>
    ),
  })
}
