import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/stack'

/** Synthea bundles beside the project; they are not part of it. */
const FOLDER = join(root, '../shared/data/synthea')

/** Folders for the sandbox, in which the largest Synthea patient is insured by Acme Health. */
export interface LargePatient {
  readonly patientId: string
  readonly folders: readonly string[]
  /** Removes the folder that was made. */
  forget(): void
}

/** The patient of the largest bundle, with a coverage made for the chart; undefined where the bundles are not there. */
export function largestPatient(): LargePatient | undefined {
  if (!existsSync(FOLDER)) return undefined
  const [largest] = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(FOLDER, name))
    .sort((a, b) => statSync(b).size - statSync(a).size)
  if (largest === undefined) return undefined
  const { entry } = JSON.parse(readFileSync(largest, 'utf8')) as {
    readonly entry: readonly { readonly resource: { readonly resourceType: string; readonly id?: string } }[]
  }
  const patientId = entry.find(({ resource }) => resource.resourceType === 'Patient')?.resource.id
  if (patientId === undefined) return undefined
  const own = mkdtempSync(join(tmpdir(), 'beforehand-bench-'))
  writeFileSync(join(own, 'coverage.json'), JSON.stringify(coverageBundle(patientId)))
  return { patientId, folders: [FOLDER, own], forget: () => rmSync(own, { recursive: true, force: true }) }
}

/** The payer gives each Synthea patient a member id: SYN- and the first eight characters of the Patient’s. */
function coverageBundle(patientId: string): object {
  const memberId = `SYN-${patientId.slice(0, 8)}`
  const url = 'Coverage/bench-coverage'
  const patient = { reference: `Patient/${patientId}` }
  const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MB' }] }
  const resource = {
    resourceType: 'Coverage',
    id: 'bench-coverage',
    identifier: [{ type, system: 'https://acme-health.example/fhir/member-id', value: memberId }],
    status: 'active',
    subscriber: patient,
    subscriberId: memberId,
    beneficiary: patient,
    // The chart's Organization of Acme Health, which carries the identifier of the configuration.
    payor: [{ reference: 'Organization/acme-health' }],
  }
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ resource, request: { method: 'PUT', url } }],
  }
}
