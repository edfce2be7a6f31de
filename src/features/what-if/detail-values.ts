import type { Frequency, Lens, NutritionPart, OrderDetails } from '../../domain/crd/order-details'
import type { OrderType } from '../../domain/crd/scenario'
import type { CodeChoice } from '../../domain/ports'
import { NOBODY, type PartyEntry, partyOf, readCodes, readParty, textIn } from './entries'

/** The strength of one eye's lens as typed: dioptres, degrees. All empty: not stated. */
export interface LensValues {
  readonly isWanted: boolean
  readonly sphere: string
  readonly cylinder: string
  readonly axis: string
  readonly add: string
}

/** What only some kinds of order say, as typed. Empty: not stated. */
export interface DetailValues {
  readonly times: string
  readonly every: string
  readonly unit: Frequency['unit']
  readonly daysSupply: string
  readonly refills: string
  /** No generic in its place. */
  readonly asWritten: boolean
  readonly nutrition: NutritionPart
  readonly right: LensValues
  readonly left: LensValues
  /** The order that records are asked for, `ServiceRequest/12`. */
  readonly basedOn: PartyEntry
  readonly sender: PartyEntry
  /** Of a service: imaging, laboratory, … ; at most one. */
  readonly category: readonly CodeChoice[]
  /** Likely billing codes. */
  readonly billing: readonly CodeChoice[]
}

const NO_LENS: LensValues = { isWanted: true, sphere: '', cylinder: '', axis: '', add: '' }

export const NO_DETAILS: DetailValues = {
  times: '',
  every: '',
  unit: 'd',
  daysSupply: '',
  refills: '',
  asWritten: false,
  nutrition: 'oral-diet',
  right: NO_LENS,
  left: NO_LENS,
  basedOn: NOBODY,
  sender: NOBODY,
  category: [],
  billing: [],
}

const strengths = ['sphere', 'cylinder', 'axis', 'add'] as const
const units = ['d', 'wk', 'mo', 'a'] as const
const parts = ['oral-diet', 'supplement', 'enteral-formula'] as const

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

/** Details kept over a new launch: what can be read of them. */
export function readDetails(kept: unknown): DetailValues {
  const lens = (eye: 'right' | 'left'): LensValues => ({
    isWanted: textIn(kept, eye, 'isWanted') !== 'false',
    ...(Object.fromEntries(strengths.map((name) => [name, textIn(kept, eye, name)])) as Omit<
      LensValues,
      'isWanted'
    >),
  })
  return {
    times: textIn(kept, 'times'),
    every: textIn(kept, 'every'),
    unit: units.find((each) => each === textIn(kept, 'unit')) ?? 'd',
    daysSupply: textIn(kept, 'daysSupply'),
    refills: textIn(kept, 'refills'),
    asWritten: textIn(kept, 'asWritten') === 'true',
    nutrition: parts.find((each) => each === textIn(kept, 'nutrition')) ?? 'oral-diet',
    right: lens('right'),
    left: lens('left'),
    basedOn: readParty(kept, 'basedOn'),
    sender: readParty(kept, 'sender'),
    category: readCodes(kept, 'category').slice(0, 1),
    billing: readCodes(kept, 'billing'),
  }
}
