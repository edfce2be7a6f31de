import { Hono } from 'hono'
import type { RequestLog } from '../request-log'
import { type Faults, parseFault } from './fault'
import { at, textOf } from './json'

/** The doors for tests and the curious: `GET /_log`, `POST /_reset`, `GET` and `POST /_faults`. */
export function doors(log: RequestLog, faults: Faults, reset: () => void): Hono {
  const routes = new Hono()
  routes.get('/_log', (c) => c.json(log.all()))
  routes.post('/_reset', (c) => {
    log.clear()
    faults.clear()
    reset()
    return c.body(null, 204)
  })
  routes.get('/_faults', (c) => c.json(faults.all()))
  // `{ "fault": "name[:arg][@path-part]", "patient"?, "times"? }`; the fault `none` ends them all.
  routes.post('/_faults', async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined)
    const text = textOf(at(body, 'fault')) ?? ''
    if (text === 'none') {
      faults.clear()
      return c.body(null, 204)
    }
    const times = at(body, 'times')
    const fault = parseFault(text, textOf(at(body, 'patient')), typeof times === 'number' ? times : undefined)
    if (!fault) return c.json({ error: `there is no fault ${text}` }, 400)
    faults.add(fault)
    return c.body(null, 204)
  })
  return routes
}
