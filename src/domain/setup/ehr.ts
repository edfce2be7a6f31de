import { serverCapability } from '../fhir/capability'
import { type FhirJson, isResource, text } from '../json'
import type { Issuer } from '../site'
import { type BrowserCall, corsFinding } from './cors'
import { kindFindings } from './ehr-kinds'
import { scopeFindings } from './ehr-scopes'
import { smartFindings, vouching } from './ehr-smart'
import { type Checked, doubtful, type Finding, fine, wrong } from './finding'
import { jsonOf } from './probe'
import { encryption } from './reach'
import type { Chart, SetupWorld } from './world'

/** An EHR that was looked at. `chart`: what it states of itself, for what payers ask of it. */
export interface CheckedEhr {
  readonly checked: Checked
  readonly chart?: Chart
}

/** Everything about one EHR that can be known before anybody signs in. */
export async function checkEhr(issuer: Issuer, world: SetupWorld): Promise<CheckedEhr> {
  const { name, issuer: base } = issuer
  const about = { kind: 'ehr', name, addresses: [base] } as const
  if (base.endsWith('/*'))
    return {
      checked: {
        ...about,
        findings: [
          doubtful(
            'Address',
            'It ends in /*: any address below it may open the app, so that there is none to look at.',
            'Fine for a test launcher. For a real EHR put its one FHIR address here.',
          ),
        ],
      },
    }
  const [safety, smart, statement] = await Promise.all([
    encryption(base, name, world.probe),
    smartPart(issuer, world),
    statementPart(issuer, world),
  ])
  return {
    checked: { ...about, findings: [safety, ...smart, ...statement.findings] },
    ...(statement.chart !== undefined && { chart: statement.chart }),
  }
}

async function smartPart(issuer: Issuer, world: SetupWorld): Promise<readonly Finding[]> {
  const { name, issuer: base } = issuer
  const what = 'SMART discovery'
  const url = `${base}/.well-known/smart-configuration`
  const read = jsonOf(await world.probe.send({ method: 'GET', url }), name)
  if (!read.ok) return [wrong(what, read.words, read.mend)]
  const token = text(read.json, 'token_endpoint')
  const isRelayed = world.isRelayed !== undefined
  return [
    fine(what, `${name} answers.`),
    ...smartFindings(read.json, issuer, world.site),
    ...scopeFindings(issuer, read.json, isRelayed),
    ...(isRelayed ? [vouching(read.json, issuer)] : []),
    await corsFinding(
      { purpose: 'how to sign in', url, method: 'GET', headers: [] },
      name,
      world.appOrigin,
      world.probe,
    ),
    // A browser cannot try this without a sign-in: an empty one would be an error in the EHR's log.
    ...(token !== undefined && URL.canParse(token) && world.probe.from === 'command'
      ? [
          await corsFinding(
            { purpose: 'the sign-in itself', url: token, method: 'POST', headers: ['content-type'] },
            name,
            world.appOrigin,
            world.probe,
          ),
        ]
      : []),
  ]
}

interface Stated {
  readonly findings: readonly Finding[]
  readonly chart?: Chart
}

async function statementPart(issuer: Issuer, world: SetupWorld): Promise<Stated> {
  const { name, issuer: base, scopes } = issuer
  const what = 'FHIR API'
  const url = `${base}/metadata`
  const read = jsonOf(await world.probe.send({ method: 'GET', url }), name)
  if (!read.ok) return { findings: [wrong(what, read.words, read.mend)] }
  const statement = read.json
  if (!isStatement(statement))
    return {
      findings: [
        wrong(
          what,
          `${name} answers, but not with its CapabilityStatement.`,
          'Compare the address with the FHIR base URL that they gave you.',
        ),
      ],
    }
  const cors = await corsFinding(chartCall(issuer, world.probe.from), name, world.appOrigin, world.probe)
  return {
    findings: [
      fine(what, `${name} answers with its CapabilityStatement.`),
      ...kindFindings(statement, issuer),
      cors,
    ],
    chart: { name, capability: serverCapability(statement, scopes.split(/\s+/)) },
  }
}

export const isStatement = (json: unknown): json is FhirJson =>
  isResource(json) && ['CapabilityStatement', 'Conformance'].includes(json.resourceType)

/** What a browser has to be let do in the chart; a trial of it reads what holds nothing about a person. */
function chartCall({ issuer: base, scopes }: Issuer, from: 'browser' | 'command'): BrowserCall {
  const isWriting = /\.(c[ruds]*|write|\*)(\s|$)/.test(scopes)
  const path = from === 'browser' ? 'metadata' : isWriting ? 'DocumentReference' : 'Patient'
  return {
    purpose: isWriting ? 'reading and writing the chart' : 'reading the chart',
    url: `${base}/${path}`,
    method: isWriting ? 'POST' : 'GET',
    headers: isWriting ? ['authorization', 'content-type', 'if-none-exist'] : ['authorization'],
    ...(isWriting && { exposed: ['location'] }),
  }
}
