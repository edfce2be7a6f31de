import type { Coverage } from 'fhir/r4'
import type { FhirStore } from '../fhir'
import { allOf } from './records'

const LOCATION =
  'http://hl7.org/fhir/us/davinci-hrex/StructureDefinition/extension-CoverageDavinciWellknownLocation'

/** Hosts that the shipped Coverages name, in the order of `--payers`. */
const HOSTS = [
  'acme-health.example',
  'borealis-mutual.example',
  'cedar-care.example',
  'delta-plan.example',
  'oddity.example',
] as const

/** Leads the well-known locations that Coverages name (HRex 1.2, Endpoint Discovery) to the payers of this sandbox, wherever their ports are. */
export function placeWellKnown(store: FhirStore, payers: readonly string[]): void {
  for (const coverage of allOf(store, 'Coverage')) {
    if (!coverage.extension?.some(({ url }) => url === LOCATION)) continue
    const extension = coverage.extension.map((each) => {
      const given = each.url === LOCATION ? (each.valueUri ?? '') : ''
      const index = HOSTS.findIndex((host) => given.startsWith(`https://${host}/`))
      const base = payers[index]
      return base === undefined ? each : { ...each, valueUri: `${base}${new URL(given).pathname}` }
    })
    const placed: Coverage = { ...coverage, extension }
    store.load(placed, coverage.id)
  }
}
