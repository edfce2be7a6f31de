import { doubtful, type Finding, fine } from './finding'
import type { Probe } from './probe'

const WHAT = 'Encryption'

/** Whether an address is asked over TLS alone (CRD "Privacy, Safety and Security"; SMART 2.2). That it answers is told elsewhere. */
export async function encryption(base: string, name: string, probe: Probe): Promise<Finding> {
  const url = new URL(base)
  if (url.protocol === 'http:')
    return doubtful(
      WHAT,
      `${name} is asked without encryption, which this app allows on this computer alone.`,
      'Fine for a trial. At a real site every address begins with https.',
    )
  // A browser may not ask for http from a page of https.
  if (probe.from === 'browser') return fine(WHAT, `${name} is asked over https.`)
  url.protocol = 'http:'
  if (url.port === '') url.port = '80'
  const plain = await probe.send({ method: 'GET', url: url.href })
  return plain.kind === 'answer' && plain.status < 300
    ? doubtful(
        WHAT,
        `${name} gives the same without encryption too.`,
        `Ask ${name} to refuse http or to lead it to https: a wrong link elsewhere would go unprotected.`,
      )
    : fine(WHAT, `${name} is asked over https, and does not answer without it.`)
}
