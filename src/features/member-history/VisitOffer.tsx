import { lazy, Suspense, useState } from 'react'
import { personName } from '../../domain/fhir/person'
import { Disclosure, Skeleton } from '../../ui'
import { useWork } from '../work'
import type { MemberAsk } from './member-state'

const VisitWay = lazy(() => import('./VisitWay'))

interface Props {
  readonly ask: MemberAsk
  readonly asking: boolean
  readonly onAsk: (ask: MemberAsk) => void
}

/** Offered where it can be asked at all: the payer has hooks and may know the patient, the coverage is in force, and somebody asks. */
export function VisitOffer({ ask, asking, onAsk }: Props) {
  const { session, chart } = useWork()
  const [isOpen, setOpen] = useState(false)
  const { coverage, payer } = ask.connection
  const reference = session.fhirUser
  if (coverage?.isActive !== true || payer.cdsBase === undefined || payer.deIdentified === true) return null
  if (reference === undefined || !/^Practitioner(Role)?\//.test(reference)) return null
  const user = { reference, display: chart.user === undefined ? '' : personName(chart.user) }
  return (
    <Disclosure summary="Another way: ask about a visit" onToggle={setOpen}>
      {isOpen && (
        <Suspense fallback={<Skeleton lines={2} label="Loading" />}>
          <VisitWay
            key={`${coverage.id} ${ask.memberId}`}
            coverage={coverage}
            user={user}
            ask={ask}
            asking={asking}
            onAsk={onAsk}
          />
        </Suspense>
      )}
    </Disclosure>
  )
}
