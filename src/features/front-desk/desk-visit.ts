import { type FhirJson, objects, text } from '../../domain/json'
import type { OrderPreset } from '../../domain/site'
import { type BookedVisit, idIn, readVisit } from '../asking/booked-visit'
import type { PartyEntry } from '../asking/entries'
import { itemsOfPresets, type OrderItem } from '../asking/order-item'

/** An appointment as the desk's question needs it. */
export interface DeskVisit extends BookedVisit {
  /** Id of the Appointment. */
  readonly id: string
  /** FHIR instants; absent where it has no time yet. */
  readonly start?: string
  readonly end?: string
  readonly where?: PartyEntry
  /** Its service in codes. */
  readonly item?: OrderItem
}

interface Launch {
  readonly patientId: string
  readonly fhirBase: string
}

/** Reads an Appointment of this patient; undefined where it is somebody else's or called off. */
export function readDeskVisit(
  appointment: FhirJson,
  launch: Launch,
  presets: readonly OrderPreset[],
): DeskVisit | undefined {
  const visit = readVisit(appointment, launch)
  if (visit === undefined || appointment.id === undefined) return undefined
  const start = text(appointment, 'start')
  const end = text(appointment, 'end')
  const where = placeOf(appointment, launch.fhirBase)
  const item = itemOf(appointment, visit, presets)
  return {
    ...visit,
    id: appointment.id,
    ...(start !== undefined && end !== undefined && { start, end }),
    ...(where && { where }),
    ...(item && { item }),
  }
}

function placeOf(appointment: FhirJson, fhirBase: string): PartyEntry | undefined {
  for (const { actor } of objects(appointment, 'participant')) {
    const id = idIn(text(actor, 'reference'), 'Location', fhirBase)
    const name = text(actor, 'display')
    if (id !== undefined) return { reference: `Location/${id}`, text: name ?? 'Place without a name' }
  }
  return undefined
}

function itemOf(
  appointment: FhirJson,
  visit: BookedVisit,
  presets: readonly OrderPreset[],
): OrderItem | undefined {
  const coding = objects(appointment, 'serviceType', 0, 'coding').flatMap((each) => {
    const [system, code] = [text(each, 'system'), text(each, 'code')]
    return system === undefined || code === undefined
      ? []
      : [{ system, code, display: text(each, 'display') ?? code }]
  })
  const [first] = coding
  if (first !== undefined) return { label: visit.service ?? first.display, coding, source: 'chart' }
  return itemsOfPresets('ServiceRequest', presets).find(
    (preset) => preset.label.toLowerCase() === visit.service?.toLowerCase(),
  )
}
