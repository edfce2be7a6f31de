import type { Clock } from '../ports'

/** Lets others at the thread: clicks, paint, answers. */
export type Breathe = () => Promise<void>

/** One turn of the event loop. */
export const breatheBy =
  (clock: Pick<Clock, 'after'>): Breathe =>
  () =>
    new Promise((resolve) => {
      clock.after(0, resolve)
    })

/** Bytes that three divides, so that the base64 of one piece follows on that of the one before. */
const PIECE = 3 * 8_192
const PIECES_AT_ONCE = 10

/** In pieces: megabytes at once hold the page up, and spread into one call overflow the stack. */
export async function base64(bytes: Uint8Array, breathe: Breathe): Promise<string> {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE) {
    if (parts.length > 0 && parts.length % PIECES_AT_ONCE === 0) await breathe()
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE))))
  }
  return parts.join('')
}
