import type { CDPSession } from 'playwright'

/** One request on the wire, or one answered by the browser's cache. Times in epoch milliseconds. */
export interface WireRequest {
  readonly url: string
  readonly method: string
  /** The browser's word: Document, Script, Stylesheet, Fetch, Preflight … */
  readonly type: string
  readonly start: number
  /** Infinity while it runs. */
  end: number
  /** Body as transferred, compressed; without headers. */
  bytes: number
  isCached: boolean
}

/** Everything that a page sends, from here on. A redirect counts as a request of its own. */
export async function recordNetwork(cdp: CDPSession): Promise<readonly WireRequest[]> {
  const all: WireRequest[] = []
  const open = new Map<string, { readonly request: WireRequest; headerBytes: number }>()
  // The browser counts on a clock of its own; each request names both, so that the two can be compared.
  let offset = 0
  const epoch = (timestamp: number): number => timestamp * 1000 + offset
  cdp.on(
    'Network.requestWillBeSent',
    ({ requestId, request, type, timestamp, wallTime, redirectResponse }) => {
      offset = (wallTime - timestamp) * 1000
      const before = open.get(requestId)
      if (before !== undefined && redirectResponse !== undefined) before.request.end = epoch(timestamp)
      const begun: WireRequest = {
        url: request.url,
        method: request.method,
        type: type ?? 'Other',
        start: epoch(timestamp),
        end: Number.POSITIVE_INFINITY,
        bytes: 0,
        isCached: false,
      }
      all.push(begun)
      open.set(requestId, { request: begun, headerBytes: 0 })
    },
  )
  cdp.on('Network.requestServedFromCache', ({ requestId }) => {
    const known = open.get(requestId)
    if (known !== undefined) known.request.isCached = true
  })
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    const known = open.get(requestId)
    if (known === undefined) return
    known.headerBytes = response.encodedDataLength
    if (response.fromDiskCache === true) known.request.isCached = true
  })
  cdp.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    const known = open.get(requestId)
    if (known === undefined) return
    known.request.end = epoch(timestamp)
    known.request.bytes = Math.max(0, encodedDataLength - known.headerBytes)
  })
  cdp.on('Network.loadingFailed', ({ requestId, timestamp }) => {
    const known = open.get(requestId)
    if (known !== undefined) known.request.end = epoch(timestamp)
  })
  await cdp.send('Network.enable')
  return all
}

export const isPreflight = ({ type, method }: WireRequest): boolean =>
  type === 'Preflight' || method === 'OPTIONS'

/** Requests of the app and the pages themselves: not the browser's own (CORS, the icon), not what its cache answers, not `data:` and `blob:`. */
export const onTheWire = (requests: readonly WireRequest[]): readonly WireRequest[] =>
  requests.filter(
    (request) =>
      !isPreflight(request) &&
      request.type !== 'Other' &&
      !request.isCached &&
      request.url.startsWith('http'),
  )

/** Length of the longest chain in which each request began after the one before had ended. */
export function sequentialDepth(requests: readonly Pick<WireRequest, 'start' | 'end'>[]): number {
  const depths: { readonly end: number; readonly depth: number }[] = []
  for (const { start, end } of [...requests].sort((a, b) => a.start - b.start)) {
    const before = depths.filter((earlier) => earlier.end <= start).map((earlier) => earlier.depth)
    depths.push({ end, depth: 1 + Math.max(0, ...before) })
  }
  return Math.max(0, ...depths.map(({ depth }) => depth))
}
