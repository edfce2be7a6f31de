import type { FrontDeskAnswer } from '../../domain/front-desk/answer'
import type { Tone } from '../../ui'

/** How an answer looks, beside its words. */
export function toneOf({ state, outcome, isSecondary }: FrontDeskAnswer): Exclude<Tone, 'busy'> {
  if (isSecondary && outcome !== 'failed') return 'mute'
  switch (state) {
    case 'fine':
      return 'yes'
    case 'needs-authorization':
    case 'collect':
      return 'ask'
    case 'not-covered':
      return 'no'
    case 'could-not-ask':
      return outcome === 'failed' ? 'no' : 'mute'
    case 'not-stated':
      return outcome === 'silent' ? 'mute' : 'ask'
  }
}
