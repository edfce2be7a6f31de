import { randomBytes } from 'node:crypto'
import type { ArmedFaults } from '../fault/faults'

/** One opening of the app, as the EHR's page made it. */
export interface Launch {
  /** The opaque `launch` value. */
  readonly id: string
  readonly personality: string
  /** Id of the signed-in Practitioner. */
  readonly user: string
  readonly patient?: string
  readonly encounter?: string
  readonly intent?: string
  readonly fhirContext: readonly unknown[]
  readonly appContext?: unknown
  /** How the token response carries appContext. CDS Hooks makes it a string; one EHR sends an object. */
  readonly appContextAs: 'string' | 'object'
  /** Absent: the token response leaves it out, and SMART then means true. */
  readonly needPatientBanner?: boolean
  readonly style?: string
  readonly faults: ArmedFaults
  /** Epoch milliseconds. */
  readonly createdAt: number
}

const LIFETIME_MS = 60 * 60 * 1000

/** Launches by their opaque value, for an hour: a reload of the app's launch URL still works, an old bookmark does not. */
export class LaunchRegistry {
  private readonly launches = new Map<string, Launch>()

  constructor(private readonly now: () => number) {}

  add(launch: Omit<Launch, 'id' | 'createdAt'>): Launch {
    const made: Launch = { ...launch, id: randomBytes(24).toString('base64url'), createdAt: this.now() }
    this.launches.set(made.id, made)
    return made
  }

  find(id: string | undefined): Launch | undefined {
    const launch = id === undefined ? undefined : this.launches.get(id)
    return launch !== undefined && this.now() - launch.createdAt < LIFETIME_MS ? launch : undefined
  }
}
