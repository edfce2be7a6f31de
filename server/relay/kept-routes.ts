import { type Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import * as v from 'valibot'
import { logSearchSchema } from '../../src/domain/kept-log'
import { refusal } from './answers'
import type { keptAccess } from './kept-access'
import { give, notSignedIn, sessionOf } from './session-routes'
import type { RelaySession, sessions } from './sessions'

interface Parts {
  readonly sessions: ReturnType<typeof sessions>
  readonly access: ReturnType<typeof keptAccess>
}

const earlier = v.object({ patientId: v.string() })
const opened = v.object({ patientId: v.string(), id: v.string() })
const entry = v.object({ id: v.string() })
const written = v.object({ patientId: v.string(), reference: v.pipe(v.string(), v.maxLength(200)) })
const exported = v.object({ search: logSearchSchema, form: v.picklist(['json', 'ndjson']) })

/** Looking into the log. All by POST: what is looked for tells of a patient, and belongs into no address. */
export function keptRoutes({ sessions: all, access }: Parts): Hono {
  const routes = new Hono()
  const asked =
    <S extends v.GenericSchema>(
      schema: S,
      mayAsk: (session: RelaySession) => boolean,
      run: (c: Context, session: RelaySession, body: v.InferOutput<S>) => Promise<Response>,
    ) =>
    async (c: Context): Promise<Response> => {
      const session = await sessionOf(all, c)
      if (session === undefined) return notSignedIn(c)
      if (!mayAsk(session))
        return give(c, refusal(403, 'Only people with the audit role may look into the log.'))
      const read = v.safeParse(schema, await c.req.json().catch(() => undefined))
      if (!read.success) return give(c, refusal(400, 'This is no question to the log.'))
      return run(c, session, read.output)
    }
  const anybody = (): boolean => true
  const auditor = ({ audits }: RelaySession): boolean => audits
  const none = (c: Context) => give(c, refusal(404, 'There is no such entry in the log.'))

  routes.post(
    '/earlier',
    asked(earlier, anybody, async (c, session, { patientId }) =>
      c.json(await access.list(session, patientId)),
    ),
  )
  routes.post(
    '/earlier/open',
    asked(opened, anybody, async (c, session, { patientId, id }) => {
      const record = await access.open(session, patientId, id)
      return record === undefined ? none(c) : c.json(record)
    }),
  )
  routes.post(
    '/written',
    asked(written, anybody, async (c, session, { patientId, reference }) => {
      await access.wrote(session, patientId, reference)
      return c.body(null, 204)
    }),
  )
  routes.post(
    '/log/search',
    asked(logSearchSchema, auditor, async (c, session, search) =>
      c.json(await access.search(session, search)),
    ),
  )
  routes.post(
    '/log/open',
    asked(entry, auditor, async (c, session, { id }) => {
      const content = await access.read(session, id)
      return content === undefined ? none(c) : c.json(content)
    }),
  )
  routes.post(
    '/log/export',
    asked(exported, auditor, async (c, session, { search, form }) => {
      const parts = access.take(session, search, form)
      // The first part records the look: where that fails, this answers 503 and not half a file.
      const first = await parts.next()
      c.header('Content-Type', form === 'json' ? 'application/json' : 'application/x-ndjson')
      return stream(c, async (out) => {
        if (first.done !== true) await out.write(first.value)
        for await (const part of parts) await out.write(part)
      })
    }),
  )
  return routes
}
