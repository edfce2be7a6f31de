/** A service of a payer's CDS Hooks discovery, as far as we use it. */
export interface CdsService {
  readonly id: string
  readonly hook: string
  readonly title?: string
  readonly description?: string
  /** Prefetch templates by key (CRD found-31). */
  readonly prefetch: Readonly<Record<string, string>>
  /** `davinci-crd.version`: e.g. ["2.1","2.2"]; empty for CRD 2.1 and older. */
  readonly versions: readonly string[]
  readonly configurationOptions: readonly ConfigurationOption[]
}

export interface ConfigurationOption {
  readonly code: string
  readonly type: string
  readonly name: string
  readonly description?: string
  readonly default?: unknown
}

export interface Discovery {
  readonly services: readonly CdsService[]
  /** Services in the answer that could not be read. */
  readonly unreadable: number
}
