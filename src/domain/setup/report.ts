import { type Checked, counted, type Finding, type FindingState } from './finding'
import type { Probe } from './probe'

interface ReportFrame {
  readonly from: Probe['from']
  readonly appOrigin: string
  /** ISO instant. */
  readonly madeAt: string
}

const SIGNS: Readonly<Record<FindingState, string>> = { ok: 'ok  ', warn: 'LOOK', fail: 'MEND' }

/** A whole set-up check as a text file for support: addresses as configured, and words. It holds no patient, user, token or key. */
export function setupReport(checked: readonly Checked[], { from, appOrigin, madeAt }: ReportFrame): string {
  return [
    'Set-up check of Beforehand',
    `${madeAt}, by ${from === 'browser' ? 'the page in a browser' : 'the command'}; app at ${appOrigin}`,
    summary(checked),
    ...checked.flatMap(({ kind, name, addresses, findings }) => [
      '',
      `${kind === 'ehr' ? 'EHR' : 'Payer'}: ${name}`,
      ...addresses.map((address) => `      ${address}`),
      ...findings.flatMap(lines),
    ]),
    '',
  ].join('\n')
}

/** `2 to mend, 3 to look at, 40 fine.` */
export function summary(checked: readonly Checked[]): string {
  const states = checked.flatMap(({ findings }) => findings.map(({ state }) => state))
  const count = (state: FindingState): number => states.filter((each) => each === state).length
  return `${counted(checked.length, 'server')}: ${count('fail')} to mend, ${count('warn')} to look at, ${count('ok')} fine.`
}

const lines = ({ what, state, words, mend }: Finding): readonly string[] => [
  `${SIGNS[state]}  ${what}: ${words}`,
  ...(mend === undefined ? [] : [`      -> ${mend}`]),
]
