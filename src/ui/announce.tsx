import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

type Announce = (message: string, urgency?: 'polite' | 'assertive') => void

const AnnounceContext = createContext<Announce>(() => {})

/** The app's one pair of live regions: what changes away from the focus is said here. */
export function AnnounceProvider({ children }: { readonly children: ReactNode }) {
  const [polite, setPolite] = useState('')
  const [assertive, setAssertive] = useState('')
  const announce = useCallback<Announce>((message, urgency = 'polite') => {
    // A message said twice has to change the text to be read again.
    const again = (old: string): string => (old === message ? `${message}\u00a0` : message)
    if (urgency === 'assertive') setAssertive(again)
    else setPolite(again)
  }, [])
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="visually-hidden" role="status" aria-live="polite">
        {polite}
      </div>
      <div className="visually-hidden" aria-live="assertive">
        {assertive}
      </div>
    </AnnounceContext>
  )
}

export const useAnnounce = (): Announce => useContext(AnnounceContext)
