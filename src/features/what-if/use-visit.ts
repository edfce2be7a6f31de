import { useQuery } from '@tanstack/react-query'
import { text } from '../../domain/json'
import type { EhrPort } from '../../domain/ports'
import type { OrderPreset } from '../../domain/site'
import { appointmentOf, type BookedVisit, readVisit } from '../asking/booked-visit'
import { ONCE } from '../asking/once'
import { itemsOfOrders, itemsOfPresets, type OrderItem } from '../asking/order-item'
import { useWork } from '../work'

/** An appointment, and its service in codes where the chart's order or a preset of that very name has them. */
export interface VisitStart {
  readonly visit: BookedVisit
  readonly item: OrderItem | undefined
}

export type VisitReading =
  | { readonly kind: 'none' | 'reading' | 'unreadable' | 'not-theirs' }
  | ({ readonly kind: 'read' } & VisitStart)

/** The appointment that the launch was opened for, read once; `none` where it names none. */
export function useVisit(): VisitReading {
  const { ports, session, site } = useWork()
  const id = appointmentOf(session.fhirContext, session.fhirBase)
  const query = useQuery({
    queryKey: ['what-if', session.key, 'visit', id],
    queryFn: () => read(ports.ehr, id ?? '', session, site.presets.orders),
    enabled: id !== undefined,
    ...ONCE,
  })
  if (id === undefined) return { kind: 'none' }
  if (query.isError) return { kind: 'unreadable' }
  return query.data ?? { kind: 'reading' }
}

async function read(
  ehr: EhrPort,
  id: string,
  launch: { readonly patientId: string; readonly fhirBase: string },
  presets: readonly OrderPreset[],
): Promise<VisitReading> {
  const appointment = await ehr.read('Appointment', id)
  if (!appointment.ok) return { kind: 'unreadable' }
  const visit = readVisit(appointment.value, launch)
  if (visit === undefined) return { kind: 'not-theirs' }
  const order = visit.orderId === undefined ? undefined : await ehr.read('ServiceRequest', visit.orderId)
  const named = itemsOfPresets('ServiceRequest', presets).find(
    (preset) => preset.label.toLowerCase() === visit.service?.toLowerCase(),
  )
  const isTheirs =
    order?.ok && text(order.value, 'subject', 'reference')?.endsWith(`Patient/${launch.patientId}`)
  const ordered = order?.ok && isTheirs ? itemsOfOrders('ServiceRequest', [order.value])[0] : undefined
  return { kind: 'read', visit, item: ordered ?? named }
}
