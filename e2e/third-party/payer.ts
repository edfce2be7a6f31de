import { json, listen, outcome, type ThirdParty } from './listen'

/** Legal ways in which payers differ. */
export interface PayerQuirks {
  /** Services of the discovery document. */
  readonly services?: readonly unknown[]
  /** What the hook answers: any JSON, `empty` (200 without a body) or a bare status. */
  readonly answer?: unknown
  /** In place of `answer`: made of the request's JSON. */
  readonly answerTo?: (request: unknown) => unknown
  readonly answerStatus?: number
  /** `$member-match` answers with this status instead. */
  readonly matchStatus?: number
  /** Searches with `_revinclude` or `_include` are 400. */
  readonly refuseIncludes?: boolean
  /** Resources about the member. */
  readonly records?: readonly { readonly resourceType: string; readonly id: string }[]
}

export interface ThirdPartyPayer extends ThirdParty {
  be(quirks: PayerQuirks): void
}

export const ORDER_SIGN = {
  hook: 'order-sign',
  id: 'crd-order-sign',
  description: 'Order sign',
  prefetch: null,
  vendor: { anything: true },
}

const member = {
  resourceType: 'Patient',
  id: 'mem-1',
  identifier: [{ value: 'M-1' }],
  name: [{ text: 'QUILL, ADA', family: 'QUILL', given: ['ADA'] }],
  birthDate: '1971-02-03',
}

/** A payer with its CDS Hooks base at `/cds` and its FHIR base at `/fhir`, which has no CapabilityStatement. */
export async function thirdPartyPayer(port: number): Promise<ThirdPartyPayer> {
  let quirks: PayerQuirks = {}
  const server = await listen(port, (c, body) => {
    const { pathname, searchParams } = new URL(c.req.url)
    if (pathname === '/cds/cds-services')
      return json({ services: quirks.services ?? [ORDER_SIGN] }, 200, 'application/json')
    if (pathname.startsWith('/cds/cds-services/')) return hookAnswer(quirks, body)
    if (pathname === '/fhir/metadata') return outcome(404, 'Not here')
    if (pathname === '/fhir/Patient/$member-match')
      return quirks.matchStatus === undefined
        ? json({
            resourceType: 'Parameters',
            parameter: [{ name: 'MemberIdentifier', valueIdentifier: { value: 'M-1' } }],
          })
        : outcome(quirks.matchStatus, 'Operation $member-match is not supported')
    const includes = ['_include', '_revinclude'].some((name) => searchParams.has(name))
    if (quirks.refuseIncludes === true && includes) return outcome(400, 'Unknown _include')
    const type = pathname.split('/')[2] ?? ''
    const found = [member, ...(quirks.records ?? [])].filter((r) => r.resourceType === type)
    return json({ resourceType: 'Bundle', type: 'searchset', entry: found.map((resource) => ({ resource })) })
  })
  return {
    ...server,
    be(next) {
      quirks = next
      server.received.length = 0
    },
  }
}

function hookAnswer({ answer, answerTo, answerStatus = 200 }: PayerQuirks, body: string): Response {
  if (answerTo !== undefined) return json(answerTo(JSON.parse(body)), 200, 'application/json')
  if (answer === 'empty' || answerStatus === 204) return new Response(null, { status: answerStatus })
  return json(answer ?? { cards: [] }, answerStatus, 'application/json')
}
