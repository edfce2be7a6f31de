import type { CardLink } from '../../domain/crd/cds-response'

/** A SMART link that would start this very app. */
export interface OwnLink {
  /** As the payer gave it, to be read with care. */
  readonly appContext?: string
}

/**
 * Whether a SMART link starts this app: then there is no need to leave, what it hands over can be opened in place (U2, U7).
 * `appBaseUrl`: the app's launch URL. Undefined where it starts another app.
 */
export function ownLink(link: CardLink, appBaseUrl: string): OwnLink | undefined {
  if (link.kind !== 'smart' || link.href === undefined || !URL.canParse(appBaseUrl)) return undefined
  const [theirs, ours] = [new URL(link.href), new URL(appBaseUrl)]
  if (theirs.origin !== ours.origin || folder(theirs) !== folder(ours)) return undefined
  return link.appContext === undefined ? {} : { appContext: link.appContext }
}

/** The path without what means the same: `/app`, `/app/` and `/app/index.html`. */
const folder = ({ pathname }: URL): string => pathname.replace(/(?:\/index\.html|\/+)$/, '')
