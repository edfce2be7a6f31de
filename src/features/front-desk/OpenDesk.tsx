import { useMemo, useState } from 'react'
import type { FhirJson } from '../../domain/json'
import { Button, PatientBanner } from '../../ui'
import { type Desk, WorkProvider, workFor } from '../work'
import { DeskTabs } from './day/DeskTabs'
import FrontDesk from './FrontDesk'
import { PatientPicker } from './PatientPicker'

type Patient = FhirJson & { readonly id: string }

/** The front desk where the launch names no patient: the appointments of a day, or one question. */
export default function OpenDesk({ desk }: { readonly desk: Desk }) {
  return <DeskTabs desk={desk} question={<OpenQuestion desk={desk} />} />
}

/** A patient is picked, and everything below works for that one alone. */
function OpenQuestion({ desk }: { readonly desk: Desk }) {
  const [patient, setPatient] = useState<Patient>()
  const work = useMemo(() => patient && workFor(desk, patient), [desk, patient])
  if (patient === undefined || work === undefined) return <PatientPicker desk={desk} onPick={setPatient} />
  return (
    <WorkProvider value={work}>
      <div className="stack">
        <div className="cluster">
          <PatientBanner patient={patient} now={desk.ports.clock.now()} />
          <Button onClick={() => setPatient(undefined)}>Another patient</Button>
        </div>
        <FrontDesk key={patient.id} />
      </div>
    </WorkProvider>
  )
}
