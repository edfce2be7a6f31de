import { isObject, type JsonObject, objects, text } from '../json'
import { type Payer, type PayerIdentifier, payerByIdentifier, readIdentifiers } from '../payer-directory'
import type { CdsPort } from '../ports'
import type { StatedPayer } from './coverage'

const extension =
  'http://hl7.org/fhir/us/davinci-hrex/StructureDefinition/extension-CoverageDavinciWellknownLocation'

const fileName = '/.well-known/davinci-configuration'

/** A file in which a payer says where its services are, and a payer of the directory on whose server it lies. */
export interface WellKnown {
  readonly location: string
  readonly host: Payer
}

/**
 * The file that a Coverage names (HRex 1.2 "Endpoint Discovery"). Undefined where it does not lie on the server of a payer of the
 * directory: no other server is ever called, whatever the chart says.
 */
export function wellKnownOf(coverage: JsonObject, payers: readonly Payer[]): WellKnown | undefined {
  const location = wellKnownLocation(coverage)
  const host = payers.find((payer) =>
    [payer.cdsBase, payer.fhirBase].some(
      (base) => base !== undefined && location !== undefined && originOf(base) === originOf(location),
    ),
  )
  return location === undefined || host === undefined ? undefined : { location, host }
}

function wellKnownLocation(coverage: JsonObject): string | undefined {
  const given = objects(coverage, 'extension').find((each) => each.url === extension)
  const location = text(given, 'valueUri') ?? text(given, 'valueUrl')
  if (location === undefined || !URL.canParse(location)) return undefined
  const url = new URL(location)
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  return isPlain && url.pathname.endsWith(fileName) ? url.href : undefined
}

const originOf = (url: string): string => new URL(url).origin

/** What such a file says: who the payer is, and the addresses of its hooks and of its records. */
export interface PayerStatement {
  readonly identifier?: PayerIdentifier
  readonly cdsBases: readonly string[]
  readonly fhirBases: readonly string[]
}

/** Reads the file. A newer version's code for an address (`#2.3`) is as good as a known one (HRex ep-3). */
export function readStatement(json: unknown): PayerStatement {
  const identifier = readIdentifiers(objects(json, 'identifier'))[0]
  const endpoints = isObject(json) && isObject(json.endpoints) ? Object.entries(json.endpoints) : []
  const basesOf = (code: RegExp) =>
    endpoints.flatMap(([name, url]) =>
      code.test(name) && typeof url === 'string' ? [url.trim().replace(/\/+$/, '')] : [],
    )
  return {
    ...(identifier && { identifier }),
    // "…/cds-services" is where discovery is, its base is what the directory has.
    cdsBases: basesOf(/^davinci_crd_hook_endpoint(#|$)/).map((url) => url.replace(/\/cds-services$/, '')),
    fhirBases: basesOf(/^davinci_pdex_provider_endpoint(#|$)/),
  }
}

/** The payer of the directory that such a file speaks of: by the identifier, else by an address that is the directory's own. */
export const payerByStatement = (
  payers: readonly Payer[],
  { identifier, cdsBases, fhirBases }: PayerStatement,
): Payer | undefined =>
  payerByIdentifier(payers, identifier === undefined ? [] : [identifier]) ??
  payers.find(({ cdsBase }) => cdsBase !== undefined && cdsBases.includes(cdsBase)) ??
  payers.find(({ fhirBase }) => fhirBase !== undefined && fhirBases.includes(fhirBase))

/** Who pays a coverage, by the file that it names. Undefined where it names none, or none that can be read: that is no failure. */
export async function readStatedPayer(
  coverage: JsonObject,
  payers: readonly Payer[],
  cds: Pick<CdsPort, 'wellKnown'>,
): Promise<StatedPayer | undefined> {
  const wellKnown = wellKnownOf(coverage, payers)
  const file = wellKnown && (await cds.wellKnown(wellKnown.host, wellKnown.location))
  if (file?.ok !== true) return undefined
  const statement = readStatement(file.value)
  const payer = payerByStatement(payers, statement)
  return { ...(statement.identifier && { identifier: statement.identifier }), ...(payer && { payer }) }
}
