/** Every way in which this EHR can be told to go wrong, with the words that the launch form shows for it. */
export const FAULTS = {
  slow: 'FHIR answers come late (slow:4000 = 4 seconds)',
  'http-500': 'FHIR requests fail with status 500',
  'http-429': 'FHIR requests are too many: status 429 (http-429:5 = come again in 5 seconds; otherwise 1)',
  'no-create': 'Creates are refused, whatever the EHR says it can do (no-create:403; otherwise 405)',
  refuse: 'Creates are refused with any status, and nothing is stored (refuse:409; otherwise 422)',
  forgets: 'Creates are accepted and forgotten',
  duplicates: 'If-None-Exist is not looked at: what comes twice is stored twice',
  'no-conditional-create': 'If-None-Exist is not offered, and refused with status 412',
  'http-202': 'Writes are stored and answered with 202, without saying where',
  'drop-before': 'Writes: the connection breaks before anything is stored',
  'drop-after': 'Writes: the connection breaks after the record is stored',
  'expired-token': 'The access token is refused from the start',
  'short-token': 'The access token lasts seconds (short-token:20)',
  'no-refresh': 'No refresh token is given',
  'malformed-json': 'FHIR answers are cut off in the middle',
  'foreign-next': 'The next page of a search is on another origin',
  'wrong-patient': 'appContext names another patient',
  deny: 'The EHR denies access',
  'bad-client': 'The token endpoint does not know the app',
  'no-patient': 'The token response names no patient',
  'no-scope': 'No right to any data is granted',
  'narrow-scope': 'Rights to read only',
  'no-user-scope': 'No right to anything beyond the patient in context is granted',
  'no-fhiruser': 'The user is not named',
  'bad-style': 'The EHR style file holds hostile values',
  style: 'The EHR style file holds a valid theme',
} as const

export type FaultName = keyof typeof FAULTS

export interface Fault {
  readonly name: FaultName
  /** What stands behind the colon: milliseconds, seconds. */
  readonly arg?: string
  /** Only for requests to this FHIR type. */
  readonly type?: string
  /** Only the first so many times. */
  readonly times?: number
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name)
}

const SYNTAX = /^([a-z0-9-]+)(?::(\d+))?(?:@([A-Za-z]+))?(?:#(\d+))?$/

function parseFault(text: string): Fault | undefined {
  const [, name = '', arg, type, times] = SYNTAX.exec(text) ?? []
  if (!isFaultName(name)) return undefined
  return {
    name,
    ...(arg === undefined ? {} : { arg }),
    ...(type === undefined ? {} : { type }),
    ...(times === undefined ? {} : { times: Number(times) }),
  }
}

/** Reads `name[:number][@Type][#times]`, comma separated. What is not such a fault is given back as `unknown`, word for word. */
export function parseFaults(text: string): {
  readonly faults: readonly Fault[]
  readonly unknown: readonly string[]
} {
  const faults: Fault[] = []
  const unknown: string[] = []
  for (const part of text.split(',').map((p) => p.trim())) {
    if (part === '') continue
    const fault = parseFault(part)
    if (fault === undefined) unknown.push(part)
    else faults.push(fault)
  }
  return { faults, unknown }
}

/** The faults of one launch, counting down where `#n` says so. Shared by all tokens of that launch, so that a refresh does not start anew. */
export class ArmedFaults {
  private readonly armed: { readonly fault: Fault; left: number }[]

  constructor(faults: readonly Fault[]) {
    this.armed = faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }))
  }

  /** The fault to play now for a request to this FHIR type, if any; counts as one time. */
  take(name: FaultName, type?: string): Fault | undefined {
    const found = this.armed.find(
      ({ fault, left }) =>
        fault.name === name && left > 0 && (fault.type === undefined || fault.type === type),
    )
    if (found === undefined) return undefined
    found.left -= 1
    return found.fault
  }

  /** Is it named at all? Does not count. */
  has(name: FaultName): boolean {
    return this.armed.some(({ fault }) => fault.name === name)
  }

  /** The number behind the colon, or `otherwise`. */
  number(name: FaultName, otherwise: number): number {
    const arg = this.armed.find(({ fault }) => fault.name === name)?.fault.arg
    return arg === undefined ? otherwise : Number(arg)
  }

  /** As it would be typed again, for people. */
  toString(): string {
    return this.armed
      .map(({ fault: f }) =>
        [f.name, f.arg && `:${f.arg}`, f.type && `@${f.type}`, f.times && `#${f.times}`]
          .filter(Boolean)
          .join(''),
      )
      .join(', ')
  }
}
