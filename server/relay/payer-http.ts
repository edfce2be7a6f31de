import { lookup } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

export interface Sent {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Received {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

/**
 * Why there is no answer. `kind` tells the screen what to say; it was sent unless `refused` or `credential`. `detail` says more of the
 * latter, and nothing of a secret.
 */
export class NoAnswer extends Error {
  constructor(
    readonly kind: 'timeout' | 'network' | 'refused' | 'too-large' | 'redirect' | 'credential',
    readonly detail?: string,
  ) {
    super(kind)
  }
}

export interface PayerHttp {
  /** Exactly once. Throws `NoAnswer`. */
  send(sent: Sent): Promise<Received>
  /** Throws where it is not JSON with status 200. */
  getJson(url: string): Promise<unknown>
}

/** Addresses that a name on the internet has no business to lead to. */
const INNER = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INNER.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INNER.addSubnet(net, prefix, 'ipv6')

const isInner = (address: string): boolean => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const own = mapped ?? address
  return INNER.check(own, isIP(own) === 6 ? 'ipv6' : 'ipv4')
}

/** The configuration names loopback itself for a sandbox; it is never reached by any other name. */
const isLoopbackName = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/** Looks a name up once and connects to that very address, so that no second answer can lead elsewhere (DNS rebinding). */
const outerLookup: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const outer = (addresses ?? []).filter(({ address }) => !isInner(address))
    const [first] = outer
    if (error !== null) return callback(error, '', 0)
    if (first === undefined) return callback(new NoAnswer('refused'), '', 0)
    return options.all === true ? callback(null, outer) : callback(null, first.address, first.family)
  })

/** Calls to servers that the site listed. Redirects are not followed, inner addresses not reached, nothing is sent twice. */
export function payerHttp({
  timeoutMs,
  maxBytes,
}: {
  readonly timeoutMs: number
  readonly maxBytes: number
}): PayerHttp {
  const send = (sent: Sent): Promise<Received> =>
    new Promise((resolve, reject) => {
      const url = new URL(sent.url)
      const isLocal = isLoopbackName(url.hostname)
      if (
        !isLocal &&
        isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0 &&
        isInner(url.hostname.replace(/^\[|\]$/g, ''))
      )
        return reject(new NoAnswer('refused'))
      const call = (url.protocol === 'https:' ? secure : plain)(
        url,
        {
          method: sent.method,
          // A kept connection that dies would make some clients send a POST again.
          agent: false,
          headers: {
            accept: 'application/json',
            ...sent.headers,
            ...(sent.body !== undefined && { 'content-length': Buffer.byteLength(sent.body) }),
          },
          ...(!isLocal && { lookup: outerLookup }),
        },
        (answer) => {
          const status = answer.statusCode ?? 0
          if (status >= 300 && status < 400) return end(new NoAnswer('redirect'))
          const parts: Buffer[] = []
          let size = 0
          answer.on('data', (part: Buffer) => {
            size += part.length
            if (size > maxBytes) end(new NoAnswer('too-large'))
            else parts.push(part)
          })
          answer.on('end', () => {
            clearTimeout(timer)
            resolve({ status, headers: answer.headers, body: Buffer.concat(parts).toString('utf8') })
          })
          answer.on('error', () => end(new NoAnswer('network')))
          answer.on('aborted', () => end(new NoAnswer('network')))
        },
      )
      const end = (why: NoAnswer): void => {
        clearTimeout(timer)
        reject(why)
        call.destroy()
      }
      const timer = setTimeout(() => end(new NoAnswer('timeout')), timeoutMs)
      call.on('error', (error) => end(error instanceof NoAnswer ? error : new NoAnswer('network')))
      call.end(sent.body)
    })
  return {
    send,
    async getJson(url) {
      const { status, body } = await send({ method: 'GET', url })
      if (status !== 200) throw new Error(`status ${status}`)
      return JSON.parse(body) as unknown
    },
  }
}
