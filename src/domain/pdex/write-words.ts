import { problemText } from '../problem-text'
import { never } from '../result'
import type { Step } from './journal'

/** The journal keeps no more of a failure than its kind and status; these are made into words here. */
export function stepWords({ state, why }: Step, server: string): string {
  const kind = why?.kind
  switch (kind) {
    case undefined:
      return 'It could not be written.'
    case 'http':
      if (why?.status === 202) return `${server} took it to file it later, and it is not there yet.`
      // A refusal never fails: this one was read back.
      if (state === 'failed' && why?.status === 404)
        return `${server} said that it took it, but does not have it.`
      return problemText({ kind: 'http', server, status: why?.status ?? 0 }).happened
    case 'network':
      return `The connection to ${server} was lost.`
    case 'timeout':
      return `${server} did not answer in time.`
    case 'malformed':
      return 'An answer could not be read.'
    case 'refused':
      return 'This app may not send it.'
    case 'cancelled':
      return 'It was stopped.'
    case 'expired':
      return `The session with ${server} has ended.`
    default:
      return never(kind)
  }
}
