import { searchOffer, serverCapability } from '../fhir/capability'
import { type FhirJson, objects, text } from '../json'
import type { Payer } from '../payer-directory'
import { pluralOf } from '../pdex/entry-obstacles'
import { HISTORY_TYPES } from '../pdex/history-types'
import { corsFinding } from './cors'
import { isStatement } from './ehr'
import { pkce } from './ehr-smart'
import { doubtful, type Finding, fine, wrong } from './finding'
import { credentialFinding } from './payer-credential'
import { jsonOf } from './probe'
import { encryption } from './reach'
import type { SetupWorld } from './world'

/** A payer's FHIR API: member match (HRex) and what of a history can be read (PDex). */
export async function recordFindings(
  payer: Payer,
  base: string,
  world: SetupWorld,
): Promise<readonly Finding[]> {
  const { name } = payer
  const what = 'FHIR API'
  const url = `${base}/metadata`
  const own = await world.credential?.(payer, 'records', url)
  const headers = own?.kind === 'headers' ? own.headers : {}
  const [safety, probed] = await Promise.all([
    encryption(base, name, world.probe),
    world.probe.send({ method: 'GET', url, headers }),
  ])
  const read = jsonOf(probed, name)
  if (!read.ok) return [safety, wrong(what, read.words, read.mend), ...(await access(payer, base, world))]
  if (!isStatement(read.json))
    return [
      safety,
      wrong(
        what,
        `${name} answers, but not with its CapabilityStatement.`,
        'Compare fhirBase with the FHIR base URL that they gave you.',
      ),
    ]
  return [
    safety,
    release(read.json, name),
    memberMatch(read.json, name),
    readable(read.json, name),
    ...(await access(payer, base, world)),
    ...(await calls(payer, base, world)),
  ]
}

/** Who calls: the site's relay with its credential, or a browser, which has to be let in. */
async function calls(payer: Payer, base: string, world: SetupWorld): Promise<readonly Finding[]> {
  const { name, authorization } = payer
  const url = `${base}/Patient/$member-match`
  if (world.isRelayed?.(payer, 'records') === true) {
    const found = await credentialFinding(
      payer,
      {
        part: 'records',
        url,
        contentType: 'application/fhir+json',
        body: { resourceType: 'Parameters', parameter: [] },
      },
      world,
    )
    return found === undefined ? [] : [found]
  }
  return [
    await corsFinding(
      {
        purpose: 'the member’s records',
        url: world.probe.from === 'browser' ? `${base}/metadata` : url,
        method: 'POST',
        headers: authorization === 'open' ? ['content-type'] : ['authorization', 'content-type'],
      },
      name,
      world.appOrigin,
      world.probe,
    ),
  ]
}

function release(statement: FhirJson, name: string): Finding {
  const what = 'FHIR API'
  const { release: known, fhirVersion } = serverCapability(statement, [])
  return known === 'R4'
    ? fine(what, `${name} answers with its CapabilityStatement (R4).`)
    : wrong(
        what,
        `${name} speaks FHIR ${fhirVersion.slice(0, 20)} here.`,
        'PDex is R4: ask for the R4 address.',
      )
}

const MATCH = /\/member-match$|\/OperationDefinition\/[^/]*member-match$/

function memberMatch(statement: FhirJson, name: string): Finding {
  const what = 'Member match'
  const servers = objects(statement, 'rest').filter((rest) => rest.mode === 'server')
  const operations = [
    ...servers,
    ...servers.flatMap((rest) => objects(rest, 'resource')).filter(({ type }) => type === 'Patient'),
  ].flatMap((place) => objects(place, 'operation'))
  const isThere = operations.some(
    (operation) =>
      text(operation, 'name')?.replace(/^\$/, '') === 'member-match' ||
      MATCH.test(text(operation, 'definition') ?? ''),
  )
  return isThere
    ? fine(what, `${name} offers $member-match.`)
    : doubtful(
        what,
        `${name} does not say that it offers $member-match.`,
        'Member history begins with it. Ask whether it is there all the same, and at which address.',
      )
}

function readable(statement: FhirJson, name: string): Finding {
  const what = 'Records that can be read'
  const missing = HISTORY_TYPES.filter((type) => !searchOffer(statement, type).offered)
  const words = `${HISTORY_TYPES.length - missing.length} of ${HISTORY_TYPES.length} kinds can be searched at ${name}.`
  if (missing.length === 0) return fine(what, words)
  const names = missing.map((type) => pluralOf(type).toLowerCase()).join(', ')
  return missing.length === HISTORY_TYPES.length
    ? wrong(what, words, 'Compare fhirBase with the address of its member data.')
    : fine(what, `${words} Not offered: ${names}.`)
}

/** By what right records are read, and whether the user could sign in for it. */
async function access(payer: Payer, base: string, world: SetupWorld): Promise<readonly Finding[]> {
  const what = 'Right to read'
  const { name, authorization } = payer
  if (world.isRelayed?.(payer, 'records') === true)
    return [fine(what, `Records of ${name} are read through this site’s relay.`)]
  switch (authorization) {
    case 'open':
      return [
        doubtful(
          what,
          `${name} is asked without a credential.`,
          'Right for a sandbox. A real payer wants one: set authorization to smart, launch or proxy.',
        ),
      ]
    case 'proxy':
      return [
        fine(what, 'The site’s own reverse proxy adds the credential. It cannot be looked at from here.'),
      ]
    case 'launch':
      return [fine(what, `${name} brings a token with its own message, when a card leads here.`)]
    case 'smart':
      return signIn(payer, base, world)
  }
}

async function signIn(payer: Payer, base: string, world: SetupWorld): Promise<readonly Finding[]> {
  const what = 'Sign-in at the payer'
  const { name, origins = [] } = payer
  const url = `${base}/.well-known/smart-configuration`
  const read = jsonOf(await world.probe.send({ method: 'GET', url }), name)
  if (!read.ok) return [wrong(what, read.words, read.mend)]
  const endpoints = ['authorization_endpoint', 'token_endpoint'].map((field) => text(read.json, field))
  const listed = [base, ...origins].map((each) => new URL(each).origin)
  const stray = endpoints.find(
    (endpoint) =>
      endpoint !== undefined && URL.canParse(endpoint) && !listed.includes(new URL(endpoint).origin),
  )
  const finding = endpoints.some((endpoint) => endpoint === undefined || !URL.canParse(endpoint))
    ? wrong(what, `${name} does not name its sign-in page and token endpoint.`, `Ask ${name} for them.`)
    : stray !== undefined
      ? wrong(
          what,
          `The sign-in of ${name} is at ${new URL(stray).origin}, which the configuration does not list.`,
          `Add "${new URL(stray).origin}" to origins of this payer, once ${name} has confirmed it.`,
        )
      : fine(what, `${name} names its sign-in page and token endpoint, and both are listed.`)
  return [finding, pkce(read.json, name)]
}
