import { createContext, useContext } from 'react'
import type { Ports } from '../domain/ports'
import type { ChartContext, Session } from '../domain/session'
import type { Site } from '../domain/site'

/** What every task works with: this launch, this patient, this site, and the ways to the world. The writer is handed to member history alone. */
export interface Work {
  readonly session: Session
  readonly chart: ChartContext
  readonly site: Site
  readonly ports: Omit<Ports, 'chartWriter'>
}

const WorkContext = createContext<Work | undefined>(undefined)

export const WorkProvider = WorkContext.Provider

export function useWork(): Work {
  const work = useContext(WorkContext)
  if (work === undefined) throw new Error('useWork outside of WorkProvider')
  return work
}
