import type { FhirJson } from '../json'
import type { CodeChoice } from '../ports'
import type { Party } from './scenario'

/** How often: `times` every `period` of a unit (UCUM): 3 times every 1 week. */
export interface Frequency {
  readonly times: number
  readonly period: number
  readonly unit: 'd' | 'wk' | 'mo' | 'a'
}

/** The strength of one eye's lens (VisionPrescription.lensSpecification): dioptres; axis in degrees; lengths in millimetres. */
export interface Lens {
  readonly eye: 'right' | 'left'
  readonly sphere?: number
  readonly cylinder?: number
  readonly axis?: number
  readonly prism?: { readonly amount: number; readonly base: 'up' | 'down' | 'in' | 'out' }
  readonly add?: number
  /** Contact lenses. */
  readonly power?: number
  readonly backCurve?: number
  readonly diameter?: number
}

/** Which part of a NutritionOrder the code stands for. */
export type NutritionPart = 'oral-diet' | 'supplement' | 'enteral-formula'

/** What some kinds of order say besides what all say. */
export interface OrderDetails {
  /** Imaging, laboratory, … : ServiceRequest only. */
  readonly category?: readonly CodeChoice[]
  /** ServiceRequest, DeviceRequest, MedicationRequest, NutritionOrder. */
  readonly frequency?: Frequency
  /** Days that one fill lasts, and fills after the first: MedicationRequest only. */
  readonly daysSupply?: number
  readonly refills?: number
  /** false: as written, no generic in its place. MedicationRequest only. */
  readonly substitution?: boolean
  /** Absent: `oral-diet`. NutritionOrder only. */
  readonly nutrition?: NutritionPart
  /** Absent: both eyes, no strength stated. VisionPrescription only. */
  readonly lenses?: readonly Lens[]
  /** What it asks to be told about, `ServiceRequest/…`: CommunicationRequest needs exactly one (CRD profile). */
  readonly basedOn?: Party
  /** Who is asked to tell: CommunicationRequest only. */
  readonly sender?: Party
  /** The order of the chart that this one was copied from. It is read only; what the user did not change is sent as it stands there. */
  readonly source?: FhirJson
}
