import type { SignInFailure } from '../domain/pdex/payer-sign-in'
import { problemText } from '../domain/problem-text'
import type { Problem } from '../domain/result'

const ADMIN = 'Tell the person who looks after this app.'
const AGAIN = 'Try again. If it goes on, tell the person who looks after this app.'

const failure = (title: string, next: string, technical?: string): SignInFailure => ({
  title,
  next,
  ...(technical !== undefined && technical !== '' && { technical: technical.slice(0, 300) }),
})

export const notOffered = (payer: string, technical: string): SignInFailure =>
  failure(`${payer} offers no sign-in that this app can use.`, `Nothing was sent to it. ${ADMIN}`, technical)

export const noSafeSignIn = (payer: string): SignInFailure =>
  failure(
    `${payer} does not offer the safe sign-in that this app needs.`,
    `You were not sent there. ${ADMIN}`,
    'its SMART discovery has no code_challenge_methods_supported with S256 (PKCE)',
  )

export const unlistedHost = (payer: string, what: string, url: string): SignInFailure =>
  failure(
    `${payer} signs people in at a server that is not set up for this app.`,
    `You were not sent there. ${ADMIN}`,
    `the ${what} is at ${URL.canParse(url) ? new URL(url).origin : 'no address'}: list it in "origins" of this payer`,
  )

export const unknownState = (payer: string): SignInFailure =>
  failure(
    `The answer that came from ${payer} belongs to another sign-in.`,
    'It was not used. Sign in again from here.',
  )

export const otherIssuer = (payer: string): SignInFailure =>
  failure(
    `The answer came from another server than ${payer}'s.`,
    `It was not used. ${ADMIN}`,
    'iss of the authorization response is not the issuer of the discovery (RFC 9207)',
  )

export const unreadable = (payer: string, technical: string): SignInFailure =>
  failure(`${payer} sent a sign-in answer that could not be read.`, AGAIN, technical)

/** The payer could not be asked, or said no to the exchange. */
export function failedCall(payer: string, problem: Problem): SignInFailure {
  const { happened, next, technical } = problemText(problem)
  if (problem.kind === 'http' && problem.status < 500 && problem.status !== 429)
    return failure(`${payer} did not complete the sign-in.`, AGAIN, technical)
  return failure(happened, next, technical)
}

/** What the payer's `error` at the redirect means (RFC 6749 §4.1.2.1). Its description is text from outside: technical detail alone. */
export function refusedByPayer(payer: string, error: string, description: string | null): SignInFailure {
  const technical = [error, description].filter(Boolean).join(': ')
  switch (error) {
    case 'access_denied':
      return failure(
        `${payer} did not give this app access.`,
        'You or the payer said no. Sign in again if that was not meant, perhaps with another account.',
        technical,
      )
    case 'invalid_client':
    case 'unauthorized_client':
      return failure(
        `${payer} does not know this app.`,
        `The client id in the configuration may be wrong. ${ADMIN}`,
        technical,
      )
    case 'invalid_scope':
      return failure(
        `${payer} does not offer the rights that this app asks for.`,
        `The scopes in the configuration may be wrong. ${ADMIN}`,
        technical,
      )
    case 'temporarily_unavailable':
    case 'server_error':
      return failure(
        `${payer}'s sign-in has a fault of its own.`,
        'Try again in a few minutes, or call if it cannot wait.',
        technical,
      )
    default:
      return failure(`${payer} refused the sign-in.`, AGAIN, technical)
  }
}
