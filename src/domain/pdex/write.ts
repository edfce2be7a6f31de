import type { FhirJson } from '../json'
import type { ChartWriterPort, Clock, FhirReader, JournalPort, PdfPort, Ports } from '../ports'
import type { Problem } from '../result'
import type { RecordKey } from './record'
import type { WritePlan } from './write-plan'

/**
 * How far one record is. `left`: not tried yet. `unknown`: sent, no answer, and the chart cannot be asked; never sent again blindly.
 * `failed`: not written, `reason` says why; a further run tries again.
 */
export type RecordState =
  | 'left'
  | 'sending'
  | 'written'
  | 'existed'
  | 'in-document'
  | 'download'
  | 'unknown'
  | 'failed'

export interface RecordOutcome {
  readonly key: RecordKey
  readonly state: RecordState
  /** `Type/id` in the chart, of the entry or of the document. */
  readonly reference?: string
  /** Why not as planned, in words. */
  readonly reason?: string
  readonly provenance?: 'stored' | 'not-stored' | 'left'
}

/** To be saved by the user, where the chart cannot take it. */
export interface Download {
  readonly keys: readonly RecordKey[]
  readonly bundle: FhirJson
  /** Absent where it could not be made; `problem` says why. */
  readonly pdf?: Uint8Array
  readonly problem?: Problem
}

export interface WriteReport {
  /** `stopped` by the user · `paused`: the session ended or the chart asks to wait; the same plan can go on. */
  readonly ended: 'running' | 'complete' | 'stopped' | 'paused'
  readonly problem?: Problem
  readonly records: readonly RecordOutcome[]
  readonly download?: Download
}

export interface WriteDependencies {
  readonly writer: ChartWriterPort
  readonly chart: FhirReader
  readonly journal: JournalPort
  readonly clock: Clock
  readonly pdf: PdfPort
  readonly digest: Ports['digest']
}

export interface WriteOptions {
  /** Aborting stops after what is in flight. */
  readonly signal?: AbortSignal
  readonly onProgress?: (report: WriteReport) => void
}

/** Runs a plan over the journal of this session. Run it again to go on: nothing is written twice. */
export declare function runWrite(
  plan: WritePlan,
  sessionKey: string,
  dependencies: WriteDependencies,
  options?: WriteOptions,
): Promise<WriteReport>
