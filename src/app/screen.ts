import { never } from '../domain/result'
import type { Session } from '../domain/session'

export type Screen = 'what-if' | 'earlier' | 'member-history'

/** What the launch says about why the app was opened. */
export type Door =
  | { readonly kind: 'menu' }
  | { readonly kind: 'front-desk' }
  | { readonly kind: 'card' }
  /** An appContext came that is none of ours: the app opens as from the menu and says so (U2). */
  | { readonly kind: 'unreadable-card' }

/** `ours`: a member history one, right or wrong; `other`: none that this app can read. */
export type CardReading = 'absent' | 'ours' | 'other'

/** Which door this launch came through. `hasCard`: the appContext is a member history one, right or wrong; the screen itself checks it. */
export function doorOf(session: Session, appContext: CardReading): Door {
  if (appContext === 'ours') return { kind: 'card' }
  if (appContext === 'other') return { kind: 'unreadable-card' }
  if (session.intent === 'front-desk') return { kind: 'front-desk' }
  return { kind: 'menu' }
}

/** The first screen for a door; `intent` may name one. */
export function firstScreen(session: Session, door: Door): Screen {
  switch (door.kind) {
    case 'card':
      return 'member-history'
    case 'front-desk':
    case 'unreadable-card':
      return 'what-if'
    case 'menu':
      return session.intent === 'member-history' ? 'member-history' : 'what-if'
    default:
      return never(door)
  }
}
