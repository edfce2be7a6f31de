import { formatMadeAt, instantAt } from '../../domain/document/made-at'
import type { LogLine } from '../../domain/kept-log'
import type { Tone } from '../../ui'

/** "20-Nov-2026 10:32 (UTC-05:00)" */
export const momentWords = (epochMs: number): string =>
  formatMadeAt(instantAt(epochMs, -new Date(epochMs).getTimezoneOffset()))

/** The end of a reference: `Practitioner/moreno`. What is no reference stands as it is. */
export const shortName = (reference: string): string =>
  /([A-Z]\w+\/[^/\s]+)$/.exec(reference)?.[1] ?? reference

const OUTCOMES = {
  answered: 'Answered',
  undecided: 'Undecided',
  silent: 'Nothing was said',
  failed: 'Failed',
  refused: 'Failed',
  skipped: 'No outcome',
} as const

/** What a line is about, and how it went. */
export function lineWords(line: LogLine): {
  readonly title: string
  readonly tag: string
  readonly tone: Tone
} {
  switch (line.kind) {
    case 'look':
      return { title: `Looked into the log: ${line.detail}`, tag: 'Look', tone: 'mute' }
    case 'question': {
      const outcome = line.entry?.outcome ?? 'skipped'
      const isOdd = outcome === 'failed' || outcome === 'refused' || outcome === 'skipped'
      return { title: line.entry?.title ?? '', tag: OUTCOMES[outcome], tone: isOdd ? 'ask' : 'mute' }
    }
    case 'write':
      return { title: `Written to the chart: ${line.detail}`, tag: 'Document', tone: 'mute' }
    case 'removal':
      return { title: `Removed what was older than ${line.detail}`, tag: 'Retention', tone: 'mute' }
    case 'request':
      return {
        title: line.detail.endsWith('/feedback') ? 'Feedback to the payer' : 'Member history',
        tag: 'Request',
        tone: 'mute',
      }
  }
}

const KINDS: Readonly<Record<string, string>> = {
  asked: 'Sent',
  answered: 'Came back',
  failed: 'No answer',
  read: 'Read by the payer',
  looked: 'Looked for',
  removed: 'Removed',
  wrote: 'Written',
}

/** What an entry of a line is; one that this app does not know stands as it is. */
export const entryWords = (kind: string): string => KINDS[kind] ?? kind

/** "1 read", "3 reads" */
export const readsWords = (reads: number): string =>
  reads === 1 ? 'The payer read once' : `The payer read ${reads} times`
