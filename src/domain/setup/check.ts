import type { Payer } from '../payer-directory'
import { checkEhr } from './ehr'
import { type Checked, doubtful, type Finding } from './finding'
import { cdsFindings } from './payer-cds'
import { recordFindings } from './payer-records'
import type { Chart, SetupWorld } from './world'

/**
 * Looks at every EHR and payer of the configuration, each once, and tells each as soon as it is known. No patient is named and nothing
 * is stored anywhere. EHRs come first: what payers ask for is held against what these offer.
 */
export async function checkSetup(
  world: SetupWorld,
  tell: (checked: Checked) => void = () => undefined,
): Promise<readonly Checked[]> {
  const told = <T extends Checked>(checked: T): T => {
    tell(checked)
    return checked
  }
  const ehrs = await Promise.all(
    world.site.issuers.map(async (issuer) => {
      const found = await checkEhr(issuer, world)
      told(found.checked)
      return found
    }),
  )
  // Questions to payers are asked from R4 charts alone.
  const charts = ehrs.flatMap(({ chart }) => (chart?.capability.release === 'R4' ? [chart] : []))
  const payers = await Promise.all(
    world.site.payers.map(async (payer) => told(await checkPayer(payer, charts, world))),
  )
  return [...ehrs.map(({ checked }) => checked), ...payers]
}

async function checkPayer(payer: Payer, charts: readonly Chart[], world: SetupWorld): Promise<Checked> {
  const { name, cdsBase, fhirBase } = payer
  const [services, records] = await Promise.all([
    cdsBase === undefined ? [] : (hidden(cdsBase, name, world) ?? cdsFindings(payer, cdsBase, charts, world)),
    fhirBase === undefined ? [] : (hidden(fhirBase, name, world) ?? recordFindings(payer, fhirBase, world)),
  ])
  const nothing =
    cdsBase === undefined && fhirBase === undefined
      ? [
          doubtful(
            'Address',
            `${name} has neither cdsBase nor fhirBase: nothing can be asked of it.`,
            'Add what it offers, or leave the payer in the list for its phone number.',
          ),
        ]
      : []
  const identified =
    payer.identifiers.length === 0 && cdsBase !== undefined
      ? [
          doubtful(
            'Coverages of this payer',
            'It has no identifiers: no coverage of the chart leads to it by itself.',
            'Add what the Organization behind Coverage.payor carries in your charts.',
          ),
        ]
      : []
  return {
    kind: 'payer',
    name,
    addresses: [cdsBase, fhirBase].filter((address) => address !== undefined),
    findings: distinct([...nothing, ...identified, ...services, ...records]),
  }
}

/** Services and records of a payer are often on one server: what holds for both is said once. */
const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [`${finding.what} ${finding.words}`, finding])).values(),
]

/** Behind the relay nobody is answered who has not signed in: only the command asks the payer itself. */
function hidden(base: string, name: string, { site, probe }: SetupWorld): readonly Finding[] | undefined {
  const { relay } = site
  if (probe.from === 'command' || relay === undefined || !base.startsWith(`${relay}/`)) return undefined
  return [
    doubtful(
      'Through the relay',
      `${name} is asked through this site’s relay, for people who came from a chart. It cannot be looked at from here.`,
      'Look at it with the command, where the relay runs: npm run check-setup -- --config relay.json',
    ),
  ]
}
