import type { CardLink } from '../../domain/crd/cds-response'
import { readAppContext } from '../../domain/pdex/app-context'
import { Button } from '../../ui'
import type { OwnLinks } from './card-desk'
import { ExternalLink } from './ExternalLink'
import { type OwnLink, ownLink } from './own-link'

interface Props {
  readonly links: readonly CardLink[]
  readonly own: OwnLinks | undefined
}

/** Where a card leads: https in a new tab, this app in place, another app explained, anything else as text (U7). */
export const CardLinks = ({ links, own }: Props) => (
  <ul className="plain wi-links">
    {links.map((link) => (
      <li key={[link.kind, link.label, link.given, link.appContext].join(' ')}>
        <LinkView link={link} own={own} />
      </li>
    ))}
  </ul>
)

function LinkView({ link, own }: { readonly link: CardLink; readonly own: OwnLinks | undefined }) {
  const mine = own && ownLink(link, own.appBaseUrl)
  if (own !== undefined && mine !== undefined) return <OwnLinkView label={link.label} link={mine} own={own} />
  if (link.kind === 'smart')
    return (
      <Explained label={link.label}>
        Open this from the chart: it is an app that only the chart can start.
      </Explained>
    )
  if (link.href === undefined)
    return (
      <>
        <Explained label={link.label}>Not opened from here: its address is not safe. </Explained>
        <code className="small">{link.given}</code>
      </>
    )
  return <ExternalLink url={link.href}>{link.label}</ExternalLink>
}

const Explained = ({ label, children }: { readonly label: string; readonly children: string }) => (
  <>
    <strong>{label}</strong>
    <br />
    <span className="soft small">{children}</span>
  </>
)

/** A link to this app. What it hands over is checked before it is offered, as at a launch (U2). */
function OwnLinkView({
  label,
  link,
  own,
}: {
  readonly label: string
  readonly link: OwnLink
  readonly own: OwnLinks
}) {
  const reading = readAppContext(link.appContext, own.check)
  const { onOpen } = own
  const { appContext } = link
  switch (reading.kind) {
    case 'absent':
      return <Explained label={label}>It leads to this app, which is open already.</Explained>
    case 'ignored':
      return (
        <Explained label={label}>
          It leads to this app, but what it hands over is unreadable or too old. Nothing is taken from it.
        </Explained>
      )
    case 'stop':
      return (
        <Explained label={label}>
          Not opened: it is about another patient, or about a payer that is not set up here.
        </Explained>
      )
    default:
      return onOpen === undefined || appContext === undefined ? (
        <Explained label={label}>It leads to Member history, in this app.</Explained>
      ) : (
        <>
          <strong>{label}</strong> <Button onClick={() => onOpen(appContext)}>Open in Member history</Button>
        </>
      )
  }
}
