import type { Frequency, Lens, OrderDetails } from '../../domain/crd/order-details'
import type { OrderType } from '../../domain/crd/scenario'
import type { CodeChoice } from '../../domain/ports'
import { NOBODY, type PartyEntry, partyOf } from '../asking/entries'
import { type DetailValues, type LensValues, strengths } from './detail-values'

/** Absent where nothing was typed; NaN where it is no number, so that validation meets it. */
const numberIn = (typed: string): number | undefined =>
  typed.trim() === '' ? undefined : Number(typed.trim().replace('−', '-'))

/** The details that an order of this kind has a place for. */
export function detailsOf(values: DetailValues, kind: OrderType): OrderDetails {
  const often = frequencyOf(values)
  const frequency = often === undefined ? {} : { frequency: often }
  switch (kind) {
    case 'ServiceRequest':
      return { ...frequency, ...(values.category.length > 0 && { category: values.category }) }
    case 'DeviceRequest':
      return frequency
    case 'MedicationRequest': {
      const daysSupply = numberIn(values.daysSupply)
      const refills = numberIn(values.refills)
      return {
        ...frequency,
        ...(daysSupply !== undefined && { daysSupply }),
        ...(refills !== undefined && { refills }),
        ...(values.asWritten && { substitution: false }),
      }
    }
    case 'NutritionOrder':
      return { ...frequency, nutrition: values.nutrition }
    case 'VisionPrescription':
      return { lenses: [lensOf('right', values.right), lensOf('left', values.left)].flat() }
    case 'CommunicationRequest': {
      const basedOn = partyOf(values.basedOn)
      const sender = partyOf(values.sender)
      return { ...(basedOn && { basedOn }), ...(sender && { sender }) }
    }
  }
}

function frequencyOf({ times, every, unit }: DetailValues): Frequency | undefined {
  if (times.trim() === '' && every.trim() === '') return undefined
  return { times: numberIn(times) ?? 1, period: numberIn(every) ?? 1, unit }
}

function lensOf(eye: Lens['eye'], values: LensValues): readonly Lens[] {
  if (!values.isWanted) return []
  const stated = strengths.flatMap((name) => {
    const value = numberIn(values[name])
    return value === undefined ? [] : [[name, value] as const]
  })
  return [{ eye, ...Object.fromEntries(stated) }]
}

/** Details of an order as the form shows them: the way back of `detailsOf`. */
export function detailsAsTyped(details: OrderDetails, billing: readonly CodeChoice[]): DetailValues {
  const typed = (value: number | undefined): string => (value === undefined ? '' : String(value))
  const { frequency, lenses } = details
  const lens = (eye: Lens['eye']): LensValues => {
    const found = lenses?.find((each) => each.eye === eye)
    return {
      isWanted: lenses === undefined || found !== undefined,
      sphere: typed(found?.sphere),
      cylinder: typed(found?.cylinder),
      axis: typed(found?.axis),
      add: typed(found?.add),
    }
  }
  const entry = (party: OrderDetails['sender']): PartyEntry =>
    party === undefined
      ? NOBODY
      : { text: party.display || (party.reference ?? ''), reference: party.reference ?? null }
  return {
    times: typed(frequency?.times),
    every: typed(frequency?.period),
    unit: frequency?.unit ?? 'd',
    daysSupply: typed(details.daysSupply),
    refills: typed(details.refills),
    asWritten: details.substitution === false,
    nutrition: details.nutrition ?? 'oral-diet',
    right: lens('right'),
    left: lens('left'),
    basedOn: entry(details.basedOn),
    sender: entry(details.sender),
    category: details.category?.slice(0, 1) ?? [],
    billing,
  }
}
