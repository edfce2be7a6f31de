import { useState } from 'react'
import type { Problem } from '../../domain/result'
import { useWork } from '../work'

/** The patient this task began with has to be the launch's and the banner's all the time (U20). A Problem where it is not. */
export function useSamePatient(): Problem | undefined {
  const { session, chart } = useWork()
  const [began] = useState({ key: session.key, patientId: session.patientId })
  if (session.key !== began.key || session.patientId !== began.patientId)
    return {
      kind: 'refused',
      rule: 'same patient',
      message: 'Another patient was opened in the chart. What is on this screen belonged to the one before.',
    }
  if (chart.patient.id !== session.patientId)
    return {
      kind: 'refused',
      rule: 'same patient',
      message: 'The chart returned another patient than the one it opened the app for.',
    }
  return undefined
}
