import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningEhr, startEhr } from '../sandbox/ehr/start'
import { type RunningPayer, startPayer } from '../sandbox/payer/server'
import { newKeyFiles } from '../server/relay/new-key-files'
import { checkSetup } from '../src/domain/setup/check'
import { APP, check, finding, limit, site } from './check-setup.test-data'
import { relayWorld } from './setup-world'
import { root } from './stack'

describe('the set-up check of the sandbox', () => {
  let ehr: RunningEhr
  let acme: RunningPayer
  let strict: RunningPayer
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beforehand-setup-'))
    await newKeyFiles(folder)
    const { privateKey } = await generateKeyPair('ES384', { extractable: true })
    const { d: _, ...stranger } = await exportJWK(privateKey)
    ehr = await startEhr({ port: 0, app: APP, payers: [] })
    acme = await startPayer({ name: 'acme', port: 0, app: APP })
    strict = await startPayer({
      name: 'borealis',
      port: 0,
      app: APP,
      signing: [{ iss: 'https://other.example', keys: [{ ...stranger, kid: 'other', alg: 'ES384' }] }],
    })
  })
  afterAll(async () => {
    await ehr.close()
    await acme.close()
    await strict.close()
  })
  const payerOf = ({ url }: RunningPayer) => ({ cdsBase: url, fhirBase: `${url}/fhir` })

  it('finds nothing to mend, and says what each kind of record would become', async () => {
    const checked = await check(`${ehr.url}/full/fhir`, payerOf(acme))
    expect(checked.flatMap(({ findings }) => findings).filter(({ state }) => state === 'fail')).toEqual([])
    expect(finding(checked, 'ehr', 'Protected sign-in (PKCE)')?.words).toBe('Lakeside offers S256.')
    const entries = finding(checked, 'ehr', 'Records that become entries of their own')
    expect(entries?.words).toMatch(/^Conditions\. .*would take more: .*procedures/)
    expect(finding(checked, 'ehr', 'Records that go into an attached document')?.words).toMatch(
      /goals.*Tried in this order: PDF with the records as FHIR data, PDF/,
    )
    expect(finding(checked, 'ehr', 'Calls from browsers: reading and writing the chart')?.state).toBe('ok')
    expect(finding(checked, 'payer', 'order-sign: version')?.words).toMatch(/^CRD 2\.2 is spoken/)
    expect(finding(checked, 'payer', 'order-sign: what it wants to know')?.words).toMatch(/9 keys, all/)
    expect(finding(checked, 'payer', 'order-sign: options')?.words).toMatch(/max-cards \(10\)/)
    expect(finding(checked, 'payer', 'Member match')?.state).toBe('ok')
    expect(finding(checked, 'payer', 'This site’s credential'), 'there are no keys').toBeUndefined()
  })

  it('says of an EHR that takes nothing that records can only be saved', async () => {
    const checked = await check(`${ehr.url}/readonly/fhir`, payerOf(acme))
    expect(finding(checked, 'ehr', 'Records that can only be saved')?.words).toMatch(/^Conditions, /)
  })

  const relayFile = async (payer: RunningPayer): Promise<string> => {
    writeFileSync(join(folder, 'config.json'), JSON.stringify(site(`${ehr.url}/full/fhir`, payerOf(payer))))
    const relay = {
      site: 'config.json',
      publicUrl: APP,
      database: 'not opened',
      siteKey: 'site.key',
      signingKeys: 'signing.json',
      payers: { acme: { credential: { kind: 'jwt' } } },
    }
    const file = join(folder, 'relay.json')
    writeFileSync(file, JSON.stringify(relay))
    return file
  }

  it('tells a payer’s own reason for refusing the token, and still what it offers', async () => {
    const checked = await checkSetup(await relayWorld(await relayFile(strict), limit))
    const refused = finding(checked, 'payer', 'This site’s credential')
    expect(refused?.state).toBe('fail')
    expect(refused?.words).toMatch(/^Acme refuses it with status 401\. It says: “.*no registered client/)
    expect(refused?.mend).toMatch(/relay\/jwks\.json/)
  })

  it('needs no CORS of payers behind the relay, and of the EHR a word for its users', async () => {
    const checked = await checkSetup(await relayWorld(await relayFile(acme), limit))
    expect(finding(checked, 'payer', 'Calls from browsers: questions to this payer')).toBeUndefined()
    expect(finding(checked, 'payer', 'Calls from browsers: the member’s records')?.state).toBe('ok')
    expect(finding(checked, 'ehr', 'Word for the user (id_token)')?.state).toBe('ok')
  })

  it('runs as a command, whose file for support holds no key', async () => {
    const out = join(folder, 'report.txt')
    const file = await relayFile(strict)
    const code = await new Promise<number>((resolve) =>
      execFile(
        process.execPath,
        ['--import', 'tsx', join(root, 'scripts/check-setup.ts'), '--config', file, '--out', out],
        { cwd: root },
        (error) => resolve(typeof error?.code === 'number' ? error.code : 0),
      ),
    )
    expect(code, 'something is to be mended').toBe(1)
    const report = readFileSync(out, 'utf8')
    expect(report).toMatch(/^MEND {2}This site’s credential/m)
    expect(report).not.toMatch(/eyJ|Bearer/)
    expect(report).not.toContain(readFileSync(join(folder, 'site.key'), 'utf8').trim())
  })
})
