import { Hono } from 'hono'
import type { Payer } from './payer'

/** `GET /.well-known/davinci-configuration` (HRex 1.2, Endpoint Discovery): who this payer is, and where its hooks and its records are. */
export function wellKnownRoutes(payer: Payer, base: string): Hono {
  const routes = new Hono()
  const version = payer.crd.split('.').slice(0, 2).join('.')
  routes.get('/.well-known/davinci-configuration', (c) =>
    c.json({
      identifier: payer.identifier,
      endpoints: {
        [`davinci_crd_hook_endpoint#${version}`]: `${base}/cds-services`,
        'davinci_pdex_provider_endpoint#2.1': `${base}/fhir`,
      },
    }),
  )
  return routes
}
