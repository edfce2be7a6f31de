import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { hooks } from '../../src/domain/crd/hooks'
import { coverageResults } from './coverage-results'
import type { KeptLog } from './kept-log'
import type { PayerCall } from './payer-call'
import { NoAnswer, type Sent } from './payer-http'

/** Seconds: from a quick answer to the longest that a relay waits. */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60, 120]

/** Counts for Prometheus (CRD "Metrics"): payers by their configured ids, words of closed lists, and never anything about a person. */
export interface RelayMetrics {
  /** The same calls, counted and timed; of answers to questions also what they said of coverage. */
  measured(call: PayerCall): PayerCall
  /** The same log, its writing counted and timed. */
  watched(log: KeptLog): KeptLog
  /** One request to the relay. `route`: a pattern, never an address. */
  request(route: string, status: number, seconds: number): void
  readonly contentType: string
  text(): Promise<string>
}

/** Counters of one relay; each has its own. */
export function relayMetrics(): RelayMetrics {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  const calls = new Counter({
    name: 'beforehand_payer_calls_total',
    help: 'Calls to payers, by what came of them',
    labelNames: ['payer', 'what', 'hook', 'outcome'],
    registers,
  })
  const callSeconds = new Histogram({
    name: 'beforehand_payer_call_seconds',
    help: 'How long payers took',
    labelNames: ['payer', 'what'],
    buckets: SECONDS,
    registers,
  })
  const underWay = new Gauge({
    name: 'beforehand_payer_calls_under_way',
    help: 'Calls that wait for their payer',
    labelNames: ['payer'],
    registers,
  })
  const coverage = new Counter({
    name: 'beforehand_coverage_results_total',
    help: 'What payers said of coverage and authorization, one for each statement',
    labelNames: ['payer', 'covered', 'authorization'],
    registers,
  })
  const requests = new Histogram({
    name: 'beforehand_relay_request_seconds',
    help: 'Requests to the relay itself',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const writes = new Histogram({
    name: 'beforehand_relay_log_write_seconds',
    help: 'Entries of the kept log, by whether they could be written',
    labelNames: ['result'],
    buckets: SECONDS,
    registers,
  })
  return {
    measured: (call) => async (payer, part, sent, caller) => {
      const what = part === 'records' ? 'records' : kindOf(sent)
      const labels = { payer: payer.id, what }
      const end = callSeconds.startTimer(labels)
      underWay.inc({ payer: payer.id })
      try {
        const answer = await call(payer, part, sent, caller)
        const outcome =
          answer instanceof NoAnswer ? answer.kind : `status ${Math.floor(answer.status / 100)}xx`
        const hook = what === 'hook' ? hookOf(sent.body) : ''
        calls.inc({ ...labels, hook, outcome })
        if (what === 'hook' && !(answer instanceof NoAnswer) && answer.status === 200)
          for (const result of coverageResults(answer.body)) coverage.inc({ payer: payer.id, ...result })
        return answer
      } finally {
        underWay.dec({ payer: payer.id })
        end()
      }
    },
    watched: (log) => ({
      ...log,
      async append(entry) {
        const end = writes.startTimer()
        try {
          const seq = await log.append(entry)
          end({ result: 'written' })
          return seq
        } catch (error) {
          end({ result: 'failed' })
          throw error
        }
      },
    }),
    request: (route, status, seconds) => requests.observe({ route, status: `${status}` }, seconds),
    contentType: register.contentType,
    text: () => register.metrics(),
  }
}

const kindOf = ({ method, url }: Sent): 'discovery' | 'feedback' | 'hook' =>
  method === 'GET' ? 'discovery' : url.endsWith('/feedback') ? 'feedback' : 'hook'

/** Whoever asks writes the body: only the names that the standard has become labels. */
function hookOf(body: string | undefined): string {
  const named = /"hook"\s*:\s*"([a-z-]{1,40})"/.exec(body?.slice(0, 100_000) ?? '')?.[1]
  return named !== undefined && Object.hasOwn(hooks, named) ? named : 'other'
}
