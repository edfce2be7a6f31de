import { lazy, Suspense, useState } from 'react'
import { Disclosure, Skeleton } from '../../ui'
import type { SentProps } from './SentContent'

const SentContent = lazy(() => import('./SentContent'))

/** "What will be sent": in words and to the letter, before it is sent and at any time. Opening it sends nothing about the patient. */
export function WhatWillBeSent({ payerName, ...props }: SentProps & { readonly payerName: string }) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure summary={`What will be sent to ${payerName}`} open={open} onToggle={setOpen}>
      {open && (
        <Suspense fallback={<Skeleton lines={4} label="Putting together what would be sent" />}>
          <SentContent {...props} />
        </Suspense>
      )}
    </Disclosure>
  )
}
