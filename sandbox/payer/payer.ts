import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Fault, parseFault } from './fault'
import { type CrdVersion, versionNamed } from './hooks'
import { at, isObject, type JsonObject, objectsIn, textOf } from './json'

/** The policies of an HRex Consent. */
const POLICIES = ['regular', 'sensitive']

/** The name of a payer's folder under `sandbox/data`. */
export type PayerName = string

/** Names of the payers under a folder of data: every folder with a payer.json. */
export const payerNames = (root: string): readonly PayerName[] =>
  readdirSync(root).filter((name) => existsSync(join(root, name, 'payer.json')))

/** An identifier without its type. */
export interface Identifier {
  readonly system: string
  readonly value: string
}

/** What a payer is, as `sandbox/data/{name}/payer.json` says. */
export interface Payer {
  readonly name: PayerName
  readonly title: string
  readonly identifier: Identifier
  readonly providerLine: string
  /** The CRD version that its answers are written in. */
  readonly crd: CrdVersion
  /** `reference`: the shapes of the field's reference payer, which are nobody's standard (CRD facts B2.5). */
  readonly dialect: 'standard' | 'reference'
  /** Whether it answers about a patient whom it may not know (CRD 1.1). */
  readonly deidentified: boolean
  /** Versions that a caller may ask for; empty where the payer's CRD version has no such request. */
  readonly versions: readonly string[]
  /** Whether it wants to hear what became of its cards (CDS Hooks 2.0, Feedback). */
  readonly feedback: boolean
  /** System of its member identifiers. */
  readonly memberSystem: string
  readonly memberMatch: {
    /** HRex 1.0 demands a Consent, 1.2 does not. */
    readonly consent: 'required' | 'optional'
    /** The public reference server refuses a question without CoverageToLink, which HRex has for payers alone. */
    readonly coverageToLink: 'required' | 'optional'
    /** The policies of a Consent that it honours; that server takes `sensitive` alone. */
    readonly policies: readonly string[]
    /** Whether the answer carries MemberId besides MemberIdentifier. */
    readonly memberId: boolean
    /** Type coding of MemberIdentifier. */
    readonly identifierType: { readonly system: string; readonly code: string }
  }
  readonly pageSize: number
  readonly oauthClients: readonly { readonly id: string; readonly secret: string }[]
  /** How the records of some members are always served: faults that nothing ends. */
  readonly memberFaults: readonly Fault[]
  /** Discovery document, as served. */
  readonly services: readonly JsonObject[]
  /** The folder it was read from. */
  readonly folder: string
}

const read = (folder: string, file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))

function need(value: unknown, what: string): string {
  const text = textOf(value)
  if (text === undefined) throw new Error(`payer.json: ${what} is missing`)
  return text
}

/** `member-faults.json`, where there is one: `[{ patient, fault }]`. */
function memberFaultsOf(folder: string): readonly Fault[] {
  if (!existsSync(join(folder, 'member-faults.json'))) return []
  return objectsIn(read(folder, 'member-faults.json')).map(({ patient, fault }) => {
    const parsed = parseFault(need(fault, 'fault'), need(patient, 'patient'), undefined)
    if (!parsed) throw new Error(`member-faults.json: there is no fault ${String(fault)}`)
    return parsed
  })
}

/** Reads a payer's folder under `root` (`sandbox/data`). Throws an Error that names the field when the data is wrong: the sandbox must not start on it. */
export function loadPayer(root: string, name: PayerName): Payer {
  const folder = join(root, name)
  const data = read(folder, 'payer.json')
  if (!isObject(data)) throw new Error('payer.json is not an object')
  const named = need(at(data, 'crd', 'version'), 'crd.version')
  const crd = versionNamed(named)
  if (!crd) throw new Error(`payer.json: crd.version ${named} is not spoken here`)
  const versions = at(data, 'crd', 'accepts')
  const policies = at(data, 'memberMatch', 'policies')
  return {
    name,
    title: need(data.title, 'title'),
    identifier: {
      system: need(at(data, 'identifier', 'system'), 'identifier.system'),
      value: need(at(data, 'identifier', 'value'), 'identifier.value'),
    },
    providerLine: need(data.providerLine, 'providerLine'),
    crd,
    dialect: at(data, 'crd', 'dialect') === 'reference' ? 'reference' : 'standard',
    deidentified: at(data, 'crd', 'deidentified') === true,
    versions: Array.isArray(versions) ? versions.filter((v) => typeof v === 'string') : [],
    feedback: data.feedback === true,
    memberSystem: need(data.memberSystem, 'memberSystem'),
    memberMatch: {
      consent: at(data, 'memberMatch', 'consent') === 'required' ? 'required' : 'optional',
      coverageToLink: at(data, 'memberMatch', 'coverageToLink') === 'required' ? 'required' : 'optional',
      policies: Array.isArray(policies) ? policies.filter((v) => typeof v === 'string') : [...POLICIES],
      memberId: at(data, 'memberMatch', 'memberId') === true,
      identifierType: {
        system: need(
          at(data, 'memberMatch', 'identifierType', 'system'),
          'memberMatch.identifierType.system',
        ),
        code: need(at(data, 'memberMatch', 'identifierType', 'code'), 'memberMatch.identifierType.code'),
      },
    },
    pageSize: Number(data.pageSize) || 20,
    oauthClients: objectsIn(data.oauthClients).map((client) => ({
      id: need(client.id, 'oauthClients.id'),
      secret: need(client.secret, 'oauthClients.secret'),
    })),
    memberFaults: memberFaultsOf(folder),
    services: objectsIn(at(read(folder, 'services.json'), 'services')),
    folder,
  }
}
