import { lazy, Suspense, useState } from 'react'
import type { ReadScope } from '../../domain/pdex/history'
import { Disclosure, Skeleton } from '../../ui'
import type { ReadChoice } from './read-choice'
import type { RecordFilter } from './record-filter'

export interface ReadOptionsProps {
  readonly choice: ReadChoice
  readonly payerName: string
  readonly filter: RecordFilter
  /** `scope`: the same for the requests, as of today. */
  readonly onChoice: (choice: ReadChoice, scope: ReadScope) => void
  readonly onFilter: (filter: RecordFilter) => void
}

const ReadOptionsForm = lazy(() => import('./ReadOptionsForm'))

/** What to read, before anything is: everything, unless the user opens this and wants less (PDex §65, §391). */
export function ReadOptions(props: ReadOptionsProps) {
  const { sections, period } = props.choice
  const [open, setOpen] = useState(false)
  return (
    <Disclosure
      summary={
        sections.length === 0 && period === undefined ? 'What to read: everything' : 'What to read: a part'
      }
      open={open}
      onToggle={setOpen}
    >
      {open && (
        <Suspense fallback={<Skeleton lines={4} label="Opening what to read" />}>
          <ReadOptionsForm {...props} />
        </Suspense>
      )}
    </Disclosure>
  )
}
