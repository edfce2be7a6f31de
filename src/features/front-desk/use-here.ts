import { useQuery } from '@tanstack/react-query'
import { dayOf } from '../asking/local-time'
import { ONCE } from '../asking/once'
import { useWork } from '../work'
import { askedAs } from './desk-scenario'
import type { DeskValues } from './desk-values'
import type { Here } from './here'

/** Which visit a payer is told of where the patient is here; undefined where another thing is asked. */
export type HereView = Here | { readonly kind: 'looking' } | { readonly kind: 'launch'; readonly id: string }

/** The launch's own visit, else the one in the chart that has begun: looked for only when somebody asks as "the patient is here". */
export function useHere(values: DeskValues): HereView | undefined {
  const { session, site, ports } = useWork()
  const isAsked = askedAs(values, site) === 'here'
  const { patientId, fhirBase, encounterId } = session
  const appointmentId = values.visit?.id
  const today = dayOf(ports.clock.now())
  const query = useQuery({
    queryKey: ['front-desk', session.key, 'here', appointmentId, today],
    queryFn: async () => {
      const { findHere } = await import('./here')
      return findHere(ports.ehr, {
        patientId,
        fhirBase,
        today,
        ...(appointmentId !== undefined && { appointmentId }),
      })
    },
    enabled: isAsked && encounterId === undefined,
    ...ONCE,
  })
  if (!isAsked) return undefined
  if (encounterId !== undefined) return { kind: 'launch', id: encounterId }
  return query.data ?? { kind: query.isError ? 'failed' : 'looking' }
}

/** Which visit that is, in words: one of the chart, or one that is only supposed. */
export function hereWords(here: HereView): string {
  switch (here.kind) {
    case 'looking':
      return 'Looking in the chart for the visit that has begun…'
    case 'launch':
      return 'Asked about the visit of the chart that this was opened from.'
    case 'found':
      return here.isOfAppointment
        ? 'Asked about the visit of the chart that has begun for this appointment.'
        : 'Asked about the visit of the chart that began today.'
    case 'none':
      return 'The chart has no visit that has begun. Asked about one that is only supposed.'
    case 'failed':
      return 'The visits in the chart could not be read. Asked about one that is only supposed.'
  }
}
