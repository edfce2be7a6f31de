import { at, type FhirJson, flag, number, objects, text } from '../json'
import type { Lens, NutritionPart, OrderDetails } from './order-details'
import { codings, party } from './order-read'

/** What only some kinds of order say, read from an order of the chart. */
export function detailsOf(resource: FhirJson): OrderDetails {
  switch (resource.resourceType) {
    case 'ServiceRequest': {
      const category = objects(resource, 'category').flatMap((each) => codings(each).slice(0, 1))
      return category.length > 0 ? { category } : {}
    }
    case 'MedicationRequest': {
      const refills = number(resource, 'dispenseRequest', 'numberOfRepeatsAllowed')
      const daysSupply = number(resource, 'dispenseRequest', 'expectedSupplyDuration', 'value')
      const substitution = flag(resource, 'substitution', 'allowedBoolean')
      return {
        ...(refills !== undefined && { refills }),
        ...(daysSupply !== undefined && { daysSupply }),
        ...(substitution !== undefined && { substitution }),
      }
    }
    case 'NutritionOrder':
      return { nutrition: partOf(resource) }
    case 'VisionPrescription':
      return { lenses: objects(resource, 'lensSpecification').flatMap((each) => lensOf(each) ?? []) }
    case 'CommunicationRequest': {
      const basedOn = party(objects(resource, 'basedOn')[0])
      const sender = party(resource.sender)
      return { ...(basedOn && { basedOn }), ...(sender && { sender }) }
    }
    default:
      return {}
  }
}

function partOf(resource: FhirJson): NutritionPart {
  if (resource.oralDiet !== undefined) return 'oral-diet'
  return resource.supplement !== undefined ? 'supplement' : 'enteral-formula'
}

const strengths = ['sphere', 'cylinder', 'axis', 'add', 'power', 'backCurve', 'diameter'] as const
const bases = ['up', 'down', 'in', 'out'] as const

function lensOf(specification: unknown): Lens | undefined {
  const eye = text(specification, 'eye')
  if (eye !== 'right' && eye !== 'left') return undefined
  const amount = number(specification, 'prism', 0, 'amount')
  const base = bases.find((each) => each === at(specification, 'prism', 0, 'base'))
  return {
    eye,
    ...Object.fromEntries(
      strengths.flatMap((name) => {
        const value = number(specification, name)
        return value === undefined ? [] : [[name, value] as const]
      }),
    ),
    ...(amount !== undefined && base !== undefined && { prism: { amount, base } }),
  }
}
