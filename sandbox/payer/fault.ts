/** Faults on the way to an answer (the answer is never made), and those that spoil a finished one. */
const NAMES = [
  'slow',
  'drop',
  'not-json',
  'no-cors',
  'malformed',
  'huge',
  'empty',
  'hostile-markdown',
  'wrong-resource',
  'pa-granted',
  'foreign-next',
  'small-pages',
  'repeat',
  'partial',
  'limit',
  'third',
  'deny',
  'wrong-state',
  'no-refresh',
  'short-token',
  'no-opener',
] as const

/** Faults of the sign-in: they hit no other call, and its pages ask for them. */
const OF_SIGN_IN: ReadonlySet<string> = new Set([
  'deny',
  'wrong-state',
  'no-refresh',
  'short-token',
  'no-opener',
])

export type FaultName = (typeof NAMES)[number] | 'http'

/** One fault as asked for at `POST /_faults`. */
export interface Fault {
  readonly name: FaultName
  /** Milliseconds of `slow`, seconds of `short-token`, status of `http`, origin of `foreign-next`, matches of `small-pages`, calls in a second of `limit`. */
  readonly arg: string
  /** Only calls whose path holds this; `discovery` is the service list, which no other fault touches. */
  readonly pathPart: string | undefined
  /** Only calls about this patient: `context.patientId` of a hook, or whose records are searched. */
  readonly patient: string | undefined
  /** How many calls it still hits; Infinity without limit. */
  left: number
}

/** Reads `name[:arg][@path-part]`, e.g. `slow:6000`, `http-500`, `403@Condition`; undefined when there is no such fault. */
export function parseFault(
  text: string,
  patient: string | undefined,
  times: number | undefined,
): Fault | undefined {
  const match = /^([a-z-]+(?:-\d{3})?|\d{3})(?::([^@]*))?(?:@(.+))?$/.exec(text)
  if (!match) return undefined
  const [, head = '', arg = '', pathPart] = match
  const status = /^(?:http-)?([45]\d\d)$/.exec(head)?.[1]
  const name = status ? 'http' : NAMES.find((known) => known === head)
  if (!name || (name === 'slow' && !/^\d+$/.test(arg))) return undefined
  if (name === 'short-token' && !/^[1-9]\d*$/.test(arg)) return undefined
  if (name === 'limit' && !/^[1-9]\d*$/.test(arg)) return undefined
  if (name === 'small-pages' && !/^[1-9]\d*$/.test(arg)) return undefined
  return { name, arg: status ?? arg, pathPart, patient, left: times ?? Number.POSITIVE_INFINITY }
}

/** A call as faults see it. */
export interface Call {
  readonly method: string
  readonly path: string
  /** `context.patientId` of a hook call; whose records a search is about. */
  readonly patient: string | undefined
}

function hits(fault: Fault, call: Call): boolean {
  if (fault.left <= 0 || OF_SIGN_IN.has(fault.name)) return false
  if (call.path === '/cds-services') return fault.pathPart === 'discovery'
  if (fault.patient !== undefined && fault.patient !== call.patient) return false
  return fault.pathPart === undefined || call.path.includes(fault.pathPart)
}

/** The faults in force. */
export class Faults {
  private list: Fault[] = []

  /** `standing`: of members whose records are served so always; nothing ends them. */
  constructor(private readonly standing: readonly Fault[] = []) {}

  add(fault: Fault): void {
    this.list.push(fault)
  }

  clear(): void {
    this.list = []
  }

  /** The fault of this name, without using it up. */
  named(name: FaultName): Fault | undefined {
    return this.list.find((fault) => fault.name === name)
  }

  all(): readonly Fault[] {
    return this.list
  }

  /** The faults that hit a call, each counted as used. */
  take(call: Call): readonly Fault[] {
    const hit = [...this.standing, ...this.list].filter((fault) => hits(fault, call))
    for (const fault of hit) fault.left -= 1
    this.list = this.list.filter((fault) => fault.left > 0)
    return hit
  }

  /** Whether a preflight is refused; it uses nothing up, for it tells no patient and is no call. */
  refusesPreflight(path: string): boolean {
    return this.list.some(
      (fault) =>
        fault.name === 'no-cors' &&
        fault.patient === undefined &&
        hits(fault, { method: 'OPTIONS', path, patient: undefined }),
    )
  }
}
