/** Hooks that the sandbox payers serve (CRD facts A2). */
export const HOOKS = [
  'appointment-book',
  'encounter-start',
  'encounter-discharge',
  'order-select',
  'order-sign',
  'order-dispatch',
] as const

export type Hook = (typeof HOOKS)[number]

/** The hook that a service names; undefined for one that is not served here. */
export const hookNamed = (name: unknown): Hook | undefined => HOOKS.find((hook) => hook === name)

/** Whether coverage information is a duty at this hook. At the others it is a courtesy, and must not demand documents (CRD facts A2). */
export function isPrimary(hook: Hook): boolean {
  switch (hook) {
    case 'appointment-book':
    case 'order-sign':
    case 'order-dispatch':
      return true
    case 'encounter-start':
    case 'encounter-discharge':
    case 'order-select':
      return false
  }
}

/** CRD versions that answers are written in. */
const CRD_VERSIONS = ['1.1', '2.0.1', '2.1', '2.2'] as const

export type CrdVersion = (typeof CRD_VERSIONS)[number]

/** The CRD version that somebody names, also as `major.minor`; undefined when it is not spoken here. */
export const versionNamed = (name: unknown): CrdVersion | undefined =>
  CRD_VERSIONS.find((version) => version === name) ?? (name === '2.0' ? '2.0.1' : undefined)
