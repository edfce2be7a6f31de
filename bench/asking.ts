import { type RunningPayer, startPayer } from '../sandbox/payer/server'
import { createCds } from '../src/clients/cds'
import { createEhr } from '../src/clients/ehr'
import { evaluateFhirPath } from '../src/clients/fhirpath-worker-engine'
import { createHttp } from '../src/clients/http'
import { randomId, systemClock } from '../src/clients/system'
import type { AskWorld } from '../src/domain/crd/ask'
import { createPrefetchCache } from '../src/domain/crd/prefetch-cache'
import type { Payer } from '../src/domain/payer-directory'
import { ok } from '../src/domain/result'
import { type ChartRequest, startChart } from './chart'

export const PATIENT = 'jane-roe'

/** A chart and the two payers of its patient over HTTP, and the app's own parts that ask them. */
export interface Asking {
  /** A session in which nothing but the patient has been read; payers' discovery is kept from one to the next if it is the same `cds`. */
  readonly open: () => Promise<AskWorld>
  /** What the chart was asked since the last time. */
  readonly taken: () => readonly ChartRequest[]
  /** Each of the payers' hook calls takes this much longer. */
  readonly slow: (ms: number) => Promise<void>
  close(): Promise<void>
}

const IDENTIFIERS = { acme: '95216', borealis: '63121' } as const

/** Starts them on free ports; `chartDelayMs`: how long each answer of the chart takes at least. */
export async function startAsking(chartDelayMs: number): Promise<Asking> {
  const chart = await startChart(chartDelayMs)
  const names = ['acme', 'borealis'] as const
  const running = await Promise.all(
    names.map((name) => startPayer({ name, port: 0, app: 'http://localhost:5173' })),
  )
  const payers = running.map(({ url }, index): Payer => {
    const id = names[index] ?? 'acme'
    const identifiers = [{ system: 'urn:oid:2.16.840.1.113883.6.300', value: IDENTIFIERS[id] }]
    return { id, name: id, identifiers, cdsBase: url, authorization: 'open' }
  })
  return {
    taken: chart.taken,
    async open() {
      const ehr = createEhr(createHttp({ name: 'The chart', base: chart.base, timeoutMs: 10_000 }))
      const patient = await ehr.read('Patient', PATIENT)
      if (!patient.ok) throw new Error('The chart of the benchmark cannot be read.')
      chart.taken()
      return {
        ehr,
        cds: createCds({ now: systemClock.now }),
        clock: systemClock,
        newId: randomId,
        fhirPath: { evaluate: async (...task) => ok(evaluateFhirPath(...task)) },
        session: { fhirBase: chart.base, patientId: PATIENT, fhirUser: 'Practitioner/moreno' },
        patient: patient.value,
        payers,
        policy: { slowAfterMs: 5000, stopAfterMs: 10_000, maxRequestBytes: 2_000_000 },
        cache: createPrefetchCache(ehr),
      }
    },
    slow: async (ms) => void (await Promise.all(running.map((payer) => slowDown(payer, ms)))),
    async close() {
      chart.close()
      await Promise.all(running.map((payer) => payer.close()))
    },
  }
}

async function slowDown({ url }: RunningPayer, ms: number): Promise<void> {
  const body = JSON.stringify({ fault: `slow:${ms}` })
  const headers = { 'content-type': 'application/json' }
  const { ok: isSet } = await fetch(`${url}/_faults`, { method: 'POST', headers, body })
  if (!isSet) throw new Error('The payer of the benchmark cannot be slowed down.')
}
