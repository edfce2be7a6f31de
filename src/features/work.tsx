import { createContext, useContext } from 'react'
import type { FhirJson } from '../domain/json'
import type { Ports } from '../domain/ports'
import type { ChartContext, OpenSession, Session } from '../domain/session'
import type { Site } from '../domain/site'

/** What every task works with: this launch, this patient, this site, and the ways to the world. The writer is handed to member history alone. */
export interface Work {
  readonly session: Session
  readonly chart: ChartContext
  readonly site: Site
  readonly ports: Omit<Ports, 'chartWriter'>
}

/** What the front desk works with where the launch names no patient: a Work of its own for each patient that is picked. */
export interface Desk {
  readonly session: OpenSession
  readonly chart: Omit<ChartContext, 'patient'>
  readonly site: Site
  readonly ports: Work['ports']
}

/** The same launch for one patient. Its key is the patient's own, so that nothing read for one is shown for another. */
export const workFor = (
  { session, chart, ...desk }: Desk,
  patient: FhirJson & { readonly id: string },
): Work => ({
  ...desk,
  session: { ...session, key: `${session.key} ${patient.id}`, patientId: patient.id },
  chart: { ...chart, patient },
})

const WorkContext = createContext<Work | undefined>(undefined)

export const WorkProvider = WorkContext.Provider

export function useWork(): Work {
  const work = useContext(WorkContext)
  if (work === undefined) throw new Error('useWork outside of WorkProvider')
  return work
}
