import type { Clock, Ports } from '../domain/ports'

/** The browser's own clock, random source and digest. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** `crypto.randomUUID` needs a secure context; loopback and https are. */
export const randomId = (): string => crypto.randomUUID()

export const digest: Ports['digest'] = async (algorithm, bytes) => {
  const hash = new Uint8Array(await crypto.subtle.digest(algorithm, new Uint8Array(bytes)))
  return btoa(String.fromCharCode(...hash))
}
