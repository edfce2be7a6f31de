import { lazy, Suspense, useState } from 'react'
import { Disclosure, Skeleton } from '../../ui'
import type { OnSearch } from './use-history'

interface Props {
  readonly payerName: string
  readonly running: boolean
  readonly onSearch: OnSearch
}

const OwnSearchForm = lazy(() => import('./OwnSearchForm'))

/** A FHIR search in the user's own words, for those who open it (PDex §65). */
export function OwnSearch({ payerName, running, onSearch }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure summary={`Search at ${payerName}`} open={open} onToggle={setOpen}>
      {open && (
        <Suspense fallback={<Skeleton lines={3} label="Opening the search" />}>
          <OwnSearchForm payerName={payerName} running={running} onSearch={onSearch} />
        </Suspense>
      )}
    </Disclosure>
  )
}
