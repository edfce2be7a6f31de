import { lazy, Suspense, useMemo, useState } from 'react'
import type { FhirJson } from '../../domain/json'
import { Button, PatientBanner } from '../../ui'
import { type Desk, type Work, WorkProvider, workFor } from '../work'
import FrontDesk from './FrontDesk'
import { PatientPicker } from './PatientPicker'

const Today = lazy(() => import('./Today'))

type Patient = FhirJson & { readonly id: string }

/**
 * The question where the launch names no patient: one is picked, and everything below works for that one alone. Who was asked about
 * in this session is remembered by this page and nowhere else, so that a caller who comes back is one press away (U20).
 */
export function OpenQuestion({ desk }: { readonly desk: Desk }) {
  const [patients, setPatients] = useState<readonly Patient[]>([])
  const [isPicking, setPicking] = useState(true)
  const works = useMemo(() => patients.map((patient) => workFor(desk, patient)), [desk, patients])
  const [work, ...before] = works
  const pick = (patient: Patient) => {
    setPatients((last) => [patient, ...last.filter(({ id }) => id !== patient.id)])
    setPicking(false)
  }
  const pickAgain = ({ session }: Work) => {
    const known = patients.find(({ id }) => id === session.patientId)
    if (known !== undefined) pick(known)
  }
  if (isPicking || work === undefined)
    return (
      <div className="stack">
        <PatientPicker desk={desk} onPick={pick} />
        <Suspense fallback={null}>{works.length > 0 && <Today works={works} onPick={pickAgain} />}</Suspense>
      </div>
    )
  return (
    <WorkProvider value={work}>
      <div className="stack">
        <div className="cluster fd-who">
          <PatientBanner patient={work.chart.patient} now={desk.ports.clock.now()} />
          <Button onClick={() => setPicking(true)}>Another patient</Button>
        </div>
        <FrontDesk key={work.session.key} before={before} />
      </div>
    </WorkProvider>
  )
}
