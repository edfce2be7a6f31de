import { relative } from 'node:path'
import { serve } from '@hono/node-server'
import { startEhr } from '../sandbox/ehr/start'
import { root } from '../scripts/stack'
import { createAppServer } from '../server/app'
import { parseSite } from '../src/domain/site-config'
import { type AnswerSize, createCardPayer } from './card-payer'

/** An EHR, the app and one payer, in this process. */
export interface CardWorld {
  readonly ehr: string
  close(): Promise<void>
}

/** Starts them on three ports from `port`: app, EHR, payer. */
export async function startCardWorld(port: number, size: AnswerSize): Promise<CardWorld> {
  const [app, ehr, payer] = [0, 1, 2].map((offset) => `http://localhost:${port + offset}`) as [
    string,
    string,
    string,
  ]
  const config = {
    issuers: [
      {
        issuer: `${ehr}/full/fhir`,
        name: 'Lakeside EHR',
        clientId: 'beforehand',
        scopes: 'openid fhirUser online_access patient/*.rs user/Practitioner.rs user/Organization.rs',
      },
    ],
    payers: [
      {
        id: 'acme',
        name: 'Acme Health',
        identifiers: [{ system: 'urn:oid:2.16.840.1.113883.6.300', value: '95216' }],
        cdsBase: payer,
      },
    ],
    presets: { valueSets: { DeviceRequest: ['https://lakeside.example/fhir/ValueSet/services'] } },
  }
  const site = parseSite(config, app)
  if (!site.ok) throw new Error('The configuration of the benchmark is wrong.')
  const dist = relative(process.cwd(), `${root}/dist`) || '.'
  const servers = [
    serve({
      fetch: createAppServer({ dist, config, site: site.value, own: app }).fetch,
      port,
      hostname: 'localhost',
    }),
    serve({ fetch: createCardPayer(size).fetch, port: port + 2, hostname: 'localhost' }),
  ]
  const running = await startEhr({ port: port + 1, app, payers: [payer] })
  return {
    ehr: running.url,
    async close() {
      for (const server of servers) {
        server.close()
        if ('closeAllConnections' in server) server.closeAllConnections()
      }
      await running.close()
    },
  }
}
