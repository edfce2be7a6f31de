import { lazy, Suspense, useState } from 'react'
import type { HookName } from '../../../domain/crd/hooks'
import type { Payer } from '../../../domain/payer-directory'
import { Disclosure, Skeleton } from '../../../ui'

const PayerSettings = lazy(() => import('./PayerSettings'))

interface Props {
  readonly payer: Payer
  readonly hook: HookName
  readonly onChanged: () => void
}

/** The settings of a payer, folded: nothing of them is loaded before they are opened. */
export function SettingsDisclosure(props: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure summary={`What ${props.payer.name} may answer with`} open={open} onToggle={setOpen}>
      {open && (
        <Suspense fallback={<Skeleton lines={5} label="Opening the settings" />}>
          <PayerSettings {...props} />
        </Suspense>
      )}
    </Disclosure>
  )
}
