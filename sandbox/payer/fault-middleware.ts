import { setTimeout as wait } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler } from 'hono'
import { CallLimit, faultOfThird } from './busy-faults'
import type { Fault, Faults } from './fault'
import { at, localReference, textOf } from './json'
import { PageMemory, repeating } from './page-memory'
import { operationOutcome } from './refusal'
import { spoiled } from './spoiled'

type Env = { Bindings: HttpBindings; Variables: { noCors?: boolean; largestPage?: number } }

/** Whose records a FHIR request is about: by its search, by its path, or by the page that it goes on from. */
function memberOf(c: Context, pages: PageMemory): string | undefined {
  const { searchParams } = new URL(c.req.url)
  const named = searchParams.get('patient') ?? searchParams.get('subject') ?? searchParams.get('beneficiary')
  if (named !== null) return localReference(named)?.split('/')[1] ?? named
  const [, id] = /\/Patient\/([^/?]+)/.exec(c.req.path) ?? []
  return id ?? pages.before(c.req.url)?.patient
}

async function patientOf(c: Context, pages: PageMemory): Promise<string | undefined> {
  if (/^\/(secured\/)?fhir\//.test(c.req.path)) return memberOf(c, pages)
  if (c.req.method !== 'POST' || !c.req.path.startsWith('/cds-services/')) return undefined
  try {
    return textOf(at(JSON.parse(await c.req.raw.clone().text()), 'context', 'patientId'))
  } catch {
    return undefined
  }
}

/** Outermost: takes the CORS headers away again where a fault says so, also from the preflight. */
export const withoutCors =
  (faults: Faults): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next()
    const preflight = c.req.method === 'OPTIONS' && faults.refusesPreflight(c.req.path)
    if (!preflight && !c.get('noCors')) return
    for (const name of [...c.res.headers.keys()])
      if (name.startsWith('access-control-')) c.res.headers.delete(name)
  }

function failed(c: Context, status: number, retryAfter = '30'): Response {
  const headers = {
    'content-type': 'application/json',
    ...(status === 429 ? { 'retry-after': retryAfter } : {}),
  }
  return c.body(
    JSON.stringify(operationOutcome('fatal', 'exception', `A fault was asked for: ${status}`)),
    status as 500,
    headers,
  )
}

/** The answer to give at once, without the service being asked. */
function instead(c: Context<Env>, fault: Fault, limit: CallLimit): Response | undefined {
  switch (fault.name) {
    case 'http':
      return failed(c, Number(fault.arg))
    case 'limit':
      return limit.passes(Number(fault.arg), Date.now()) ? undefined : failed(c, 429, '1')
    case 'drop':
      c.env.incoming.socket.destroy()
      return RESPONSE_ALREADY_SENT
    case 'not-json':
      return c.html('<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>')
    default:
      return undefined
  }
}

async function spoil(c: Context, faults: readonly Fault[], pages: PageMemory, patient: string | undefined) {
  if (!/json/.test(c.res.headers.get('content-type') ?? '') || !c.res.ok) return
  const before: unknown = await c.res.clone().json()
  pages.turn(before, patient)
  const after = faults.reduce<unknown>(
    (body, fault) =>
      fault.name === 'repeat'
        ? repeating(body, pages.before(c.req.url)?.last)
        : spoiled(fault.name, fault.arg, body),
    before,
  )
  if (after === before) return
  const headers = new Headers(c.res.headers)
  headers.delete('content-length')
  const { status } = c.res
  c.res = undefined
  c.res = new Response(JSON.stringify(after), { status, headers })
}

/** Applies the faults that hit a call to the CDS services or the FHIR API. Stands inside CORS, so that a browser can read the failure. */
export const faultMiddleware =
  (
    faults: Faults,
    pages: PageMemory = new PageMemory(),
    limit: CallLimit = new CallLimit(),
  ): MiddlewareHandler<Env> =>
  async (c, next) => {
    const path = c.req.path
    if (!/^\/(cds-services|fhir|secured)(\/|$)/.test(path)) return next()
    const patient = await patientOf(c, pages)
    const hit = faults
      .take({ method: c.req.method, path: decodeURIComponent(path), patient })
      .flatMap((fault) => {
        if (fault.name !== 'third') return [fault]
        return path.startsWith('/cds-services/') ? faultOfThird(patient) : []
      })
    for (const fault of hit) if (fault.name === 'slow') await wait(Number(fault.arg))
    if (hit.some((fault) => fault.name === 'no-cors')) c.set('noCors', true)
    const small = hit.find((fault) => fault.name === 'small-pages')
    if (small) c.set('largestPage', Number(small.arg))
    for (const fault of hit) {
      const answer = instead(c, fault, limit)
      if (answer) return answer
    }
    await next()
    if (hit.length > 0) await spoil(c, hit, pages, patient)
  }
