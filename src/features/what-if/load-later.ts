import { afterPaint } from './after-paint'

/** What the first screen does without: fetched once it stands, so that asking finds it there. */

/** The engine of asking. */
export const loadAsking = () => import('./ask-engine')

/** An answer on screen. */
export const loadGivenAnswer = () => import('./GivenAnswer')

/** Fetches both after the screen has been painted. A failure is met again, and told, by whoever needs them. */
export const fetchLater = (): (() => void) =>
  afterPaint(() => {
    for (const load of [loadAsking, loadGivenAnswer]) load().catch(() => undefined)
  })
