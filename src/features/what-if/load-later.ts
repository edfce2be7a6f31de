import { afterPaint } from '../asking/after-paint'
import { loadAsking } from '../asking/load-asking'

/** What the first screen does without: fetched once it stands, so that asking finds it there. */

/** What makes a question of the form. */
export const loadQuestion = () => import('./question-engine')

/** The same, once the form has been painted: nothing of it may keep the form waiting. */
export const loadQuestionSoon = (): ReturnType<typeof loadQuestion> =>
  new Promise((resolve, reject) => {
    afterPaint(() => loadQuestion().then(resolve, reject))
  })

/** Answers on screen. */
export const loadGivenAnswers = () => import('./GivenAnswers')

/** Fetches all after the screen has been painted. A failure is met again, and told, by whoever needs them. */
export const fetchLater = (): (() => void) =>
  afterPaint(() => {
    for (const load of [loadQuestion, loadAsking, loadGivenAnswers]) load().catch(() => undefined)
  })

/** One answer on screen, by itself. */
export const loadGivenAnswer = () => import('./GivenAnswer')
