import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { Disclosure, Skeleton } from '../../ui'

const TypedCode = lazy(() => import('./TypedCode'))

interface Props extends ComponentProps<typeof TypedCode> {
  readonly summary: string
}

/** Entering a code by hand, folded: the way that is always open. */
export function TypedCodeLater({ summary, ...fields }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure summary={summary} open={open} onToggle={setOpen}>
      {open && (
        <Suspense fallback={<Skeleton lines={2} label="Opening" />}>
          <TypedCode {...fields} />
        </Suspense>
      )}
    </Disclosure>
  )
}
