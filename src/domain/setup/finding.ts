/** `warn`: works, or may not in every case. */
export type FindingState = 'ok' | 'warn' | 'fail'

/** One thing that was looked at. */
export interface Finding {
  /** Its name, a few words. */
  readonly what: string
  readonly state: FindingState
  /** What was found, in plain words. */
  readonly words: string
  /** Who does what about it. Absent where nothing is to be done. */
  readonly mend?: string
}

export const fine = (what: string, words: string): Finding => ({ what, state: 'ok', words })

export const doubtful = (what: string, words: string, mend: string): Finding => ({
  what,
  state: 'warn',
  words,
  mend,
})

export const wrong = (what: string, words: string, mend: string): Finding => ({
  what,
  state: 'fail',
  words,
  mend,
})

/** An EHR or a payer of the configuration, and what was found about it. */
export interface Checked {
  readonly kind: 'ehr' | 'payer'
  readonly name: string
  /** Where it was asked, as configured. */
  readonly addresses: readonly string[]
  readonly findings: readonly Finding[]
}

/** The worst of some findings. */
export const worstOf = (findings: readonly Finding[]): FindingState =>
  findings.some(({ state }) => state === 'fail')
    ? 'fail'
    : findings.some(({ state }) => state === 'warn')
      ? 'warn'
      : 'ok'

/** `1 service`, `2 services`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
