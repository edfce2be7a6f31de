import { never, type Problem } from './result'

/** The words of an error for people (U15). What was not done is the caller's to add: only it knows. */
export interface ProblemText {
  readonly happened: string
  readonly next: string
  /** The server's own words, status and path: shown only where the site switched technical detail on. */
  readonly technical?: string
  /** Whether asking again by hand is sensible. */
  readonly retry: boolean
}

/** Every Problem in words. No code alone, no URL, no PHI. */
export function problemText(problem: Problem): ProblemText {
  switch (problem.kind) {
    case 'cancelled':
      return { happened: 'It was stopped.', next: 'Start again when you are ready.', retry: true }
    case 'timeout':
      return {
        happened: `${problem.server} did not answer within ${Math.round(problem.afterMs / 1000)} seconds.`,
        next: 'Try again, or call if it cannot wait.',
        retry: true,
      }
    case 'network':
      return {
        happened: `${problem.server} could not be reached, or does not allow this app to call it from a browser.`,
        next: 'Check the network connection and try again. If it goes on, tell the person who looks after this app.',
        retry: true,
      }
    case 'http':
      return httpText(problem)
    case 'refused':
      return {
        happened: problem.message,
        next: 'Correct what it names, or ask the person who looks after this app.',
        technical: `rule ${problem.rule}`,
        retry: false,
      }
    case 'malformed':
      return {
        happened: `${problem.server} sent an answer that could not be read.`,
        next: 'Try again. If it goes on, tell the person who looks after this app.',
        technical: `${problem.path === '' ? '' : `at ${problem.path}: `}${problem.message}`,
        retry: true,
      }
    case 'expired':
      return {
        happened: `The session with ${problem.server} has ended.`,
        next: problem.byUser
          ? 'Sign in there again on this screen. What you typed or selected is kept.'
          : 'Open the app from the chart again. What you typed or selected is kept in this window.',
        retry: false,
      }
    default:
      return never(problem)
  }
}

function httpText(problem: Extract<Problem, { kind: 'http' }>): ProblemText {
  const { server, status } = problem
  const technical = `status ${status}${problem.detail === undefined ? '' : `: ${problem.detail}`}`
  const say = (happened: string, next: string, retry: boolean): ProblemText => ({
    happened,
    next,
    technical,
    retry,
  })
  if (status === 400)
    return say(
      `${server} did not accept the request.`,
      'Check what was entered. If it looks right, call.',
      false,
    )
  if (status === 401)
    return say(`${server} did not accept this app's sign-in.`, 'Open the app from the chart again.', false)
  if (status === 403)
    return say(`${server} does not allow this.`, 'Ask the person who looks after this app for access.', false)
  if (status === 404 || status === 410)
    return say(
      `${server} does not have what was asked for.`,
      'It may have been removed, or the set-up names a wrong address.',
      false,
    )
  if (status === 405 || status === 501)
    return say(`${server} does not offer this.`, 'Ask the person who looks after this app.', false)
  // CDS Hooks §http-status-codes: the service could not get the data it needs.
  if (status === 412)
    return say(`${server} lacked data that it needs for this.`, 'Try again. If it goes on, call.', true)
  if (status === 409)
    return say(
      `${server} could not do this as things stand there now.`,
      'Look at what it already has, then try again.',
      true,
    )
  if (status === 413)
    return say('What was sent is larger than it accepts.', 'Choose fewer records and try again.', false)
  if (status === 422)
    return say(
      `${server} understood the request but refused its content.`,
      'Check what was entered. If it looks right, call.',
      false,
    )
  if (status === 429)
    return say(
      `${server} is asked too often at the moment.`,
      problem.retryAfterSeconds === undefined
        ? 'Wait a minute, then try again.'
        : `Wait ${problem.retryAfterSeconds} seconds, then try again.`,
      true,
    )
  if (status >= 500)
    return say(`${server} has a fault of its own.`, 'Try again later, or call if it cannot wait.', true)
  return say(
    `${server} answered in a way that was not expected.`,
    'Try again. If it goes on, tell the person who looks after this app.',
    true,
  )
}
