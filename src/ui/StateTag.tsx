import type { ReactNode } from 'react'

export type Tone = 'yes' | 'ask' | 'no' | 'mute' | 'busy'

/** A state: sign, word, then colour. The word alone has to be enough. */
export function StateTag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="state" data-tone={tone}>
      {children}
    </span>
  )
}
