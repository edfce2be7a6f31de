import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../../scripts/stack'
import { test as base, expect } from '../sandbox'
import { PAYER_ID } from './chart'
import { type ThirdPartyEhr, thirdPartyEhr } from './ehr'
import { type ThirdPartyPayer, thirdPartyPayer } from './payer'

/** The app alone, as `npm run serve -- --config FILE --port N` serves it, with an EHR and a payer that are none of ours. */
export interface Stage {
  readonly app: string
  readonly ehr: ThirdPartyEhr
  readonly payer: ThirdPartyPayer
}

const config = (ehr: string, payer: string) => ({
  issuers: [
    {
      issuer: `${ehr}/v/r4/*`,
      name: 'Test launcher',
      clientId: 'anything',
      scopes: 'openid fhirUser online_access patient/*.cruds user/Practitioner.rs user/Organization.rs',
    },
  ],
  payers: [
    {
      id: 'third',
      name: 'Third Health',
      identifiers: [PAYER_ID],
      cdsBase: `${payer}/cds/`,
      fhirBase: `${payer}/fhir`,
    },
  ],
  frontDesk: { roles: ['https://clinic.example/roles|desk'], services: [] },
  presets: {
    orders: [
      {
        label: 'MRI of the lower back',
        kind: 'ServiceRequest',
        coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '72148', display: 'MRI' }],
      },
    ],
  },
})

async function serveApp(port: number, settings: object): Promise<ChildProcess> {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const file = join(root, '.cache', `config-${port}.json`)
  writeFileSync(file, JSON.stringify(settings))
  const args = ['--import', 'tsx', 'server/serve.ts', '--port', `${port}`, '--config', file]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => /listening/.test(chunk.toString()) && resolve())
    child.once('exit', (code) => reject(new Error(`the app did not start (exit ${code})`)))
  })
  return child
}

export const test = base.extend<{ stage: Stage }, { servers: Stage }>({
  servers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know which fixtures are wanted
    async ({}, use, info) => {
      const port = 6650 + info.parallelIndex * 10
      const [ehr, payer] = await Promise.all([thirdPartyEhr(port + 1), thirdPartyPayer(port + 2)])
      const app = await serveApp(port, config(ehr.origin, payer.origin))
      await use({ app: `http://localhost:${port}/`, ehr, payer })
      app.kill()
      await Promise.all([ehr.close(), payer.close()])
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  stage: async ({ servers }, use) => {
    servers.ehr.be({})
    servers.payer.be({})
    await use(servers)
  },
})

/** Opens the app as the launcher does. */
export const launch = (page: Page, { app, ehr }: Stage) =>
  page.goto(`${app}?${new URLSearchParams({ iss: ehr.iss, launch: 'eyJhIjoiMSJ9' })}`)

/** Opens the app, signs in and picks the patient on the launcher's pages. */
export async function signIn(page: Page, stage: Stage): Promise<void> {
  await launch(page, stage)
  await page.getByRole('link', { name: 'Login' }).click()
  await page.getByRole('link', { name: 'Ada Quill' }).click()
  await expect(page.getByRole('heading', { name: 'If I ordered…' })).toBeVisible()
}
