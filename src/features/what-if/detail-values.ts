import type { Frequency, NutritionPart } from '../../domain/crd/order-details'
import type { CodeChoice } from '../../domain/ports'
import { NOBODY, type PartyEntry, readCodes, readParty, textIn } from '../asking/entries'

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

/** What is stated of a lens. */
export const strengths = ['sphere', 'cylinder', 'axis', 'add'] as const
const units = ['d', 'wk', 'mo', 'a'] as const
const parts = ['oral-diet', 'supplement', 'enteral-formula'] as const

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
