import { never } from '../domain/result'
import type { Session } from '../domain/session'
import type { Site } from '../domain/site'

export const FRONT_DESK_RIBBON = 'Front desk: nothing is booked, ordered or written.'

export type Screen = 'front-desk' | 'what-if' | 'earlier' | 'member-history' | 'site-log'

/** What the launch says about why the app was opened. */
export type Door =
  | { readonly kind: 'menu' }
  | { readonly kind: 'front-desk' }
  | { readonly kind: 'card' }
  /** An appContext came that is none of ours: the app opens as from the menu and says so (U2). */
  | { readonly kind: 'unreadable-card' }

/** `ours`: a member history one, right or wrong; `other`: none that this app can read. */
export type CardReading = 'absent' | 'ours' | 'other'

/** Which door this launch came through: a card, then the launch's own intent, then who is signed in. */
export function doorOf(session: Session, appContext: CardReading, isAtTheDesk: boolean): Door {
  if (appContext === 'ours') return { kind: 'card' }
  if (appContext === 'other') return { kind: 'unreadable-card' }
  const isMeant = session.intent === 'front-desk' || (session.intent === undefined && isAtTheDesk)
  return { kind: isMeant ? 'front-desk' : 'menu' }
}

/** The first screen for a door; `intent` may name one. */
export function firstScreen(session: Session, door: Door): Screen {
  switch (door.kind) {
    case 'card':
      return 'member-history'
    case 'front-desk':
      return 'front-desk'
    case 'unreadable-card':
      return 'what-if'
    case 'menu':
      return session.intent === 'member-history' ? 'member-history' : 'what-if'
    default:
      return never(door)
  }
}

/** The screens that there are, in their order. At the front desk nobody is shown a clinical history (U20). `audits`: has the audit role. */
export function screensFor(
  door: Door,
  { frontDesk }: Pick<Site, 'frontDesk'>,
  audits = false,
): readonly Screen[] {
  const log: readonly Screen[] = audits ? ['site-log'] : []
  if (door.kind === 'front-desk') return ['front-desk', 'what-if', 'earlier', ...log]
  const all: readonly Screen[] = ['what-if', 'earlier', 'member-history']
  return frontDesk === undefined ? [...all, ...log] : [...all, 'front-desk', ...log]
}
