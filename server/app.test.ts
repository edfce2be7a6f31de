import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSite } from '../src/domain/site-config'
import { createAppServer } from './app'

const OWN = 'https://self.invalid'
const config = {
  issuers: [
    {
      issuer: 'https://ehr.example/r4/*',
      name: 'EHR',
      clientId: 'x',
      scopes: 'patient/*.rs',
      origins: ['https://login.ehr.example'],
    },
  ],
  payers: [
    { id: 'a', name: 'A', cdsBase: '/payer/a', fhirBase: '/payer/a/fhir' },
    { id: 'b', name: 'B', cdsBase: 'https://b.example/cds' },
  ],
  terminology: { name: 'T', url: 'https://tx.example/r4' },
}

function server() {
  const site = parseSite(config, OWN)
  if (!site.ok) throw new Error('the configuration of the test is wrong')
  const dist = mkdtempSync(join(tmpdir(), 'beforehand-'))
  mkdirSync(join(dist, 'assets'))
  writeFileSync(join(dist, 'index.html'), '<!doctype html>')
  writeFileSync(join(dist, 'assets/x-1234.js'), 'export {}')
  return createAppServer({ dist: relative(process.cwd(), dist), config, site: site.value, own: OWN })
}

const get = (path: string) => server().request(path)

describe('the app’s server', () => {
  it('lets the browser reach the site’s EHRs, payers and terminology service and nobody else, and only EHRs frame it', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? ''
    expect(policy).toContain(
      "connect-src 'self' https://ehr.example https://login.ehr.example https://b.example https://tx.example;",
    )
    expect(policy).toContain("frame-ancestors 'self' https://ehr.example https://login.ehr.example;")
    expect(policy).not.toContain('self.invalid')
  })

  it('answers the configuration as it was given, never from a cache', async () => {
    const answer = await get('/config.json')
    expect(await answer.json()).toEqual(config)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  it('lets files with a hash in their name be kept, the page not', async () => {
    expect((await get('/assets/x-1234.js')).headers.get('cache-control')).toContain('immutable')
    expect((await get('/')).headers.get('cache-control')).toBe('no-cache')
  })

  it.each(['/../package.json', '/%2e%2e/package.json', '/assets/../../package.json', '/none.js'])(
    'gives nothing outside of the app: %s',
    async (path) => {
      const answer = await get(path)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    },
  )
})
