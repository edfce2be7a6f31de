import { applies } from '../../../domain/crd/scenario'
import { describesOrders, type FormValues } from '../form-values'
import { codeAspects, partyAspects } from './aspects'
import { type Aspect, isCodeAspect, isPartyAspect } from './change'
import { textAspects } from './text-aspects'

/** What can be different in a question of this kind, likeliest first. */
export function offeredAspects(values: FormValues): readonly Aspect[] {
  return [...aboutAspects(values), ...(describesOrders(values) ? orderAspects(values) : []), 'coverage']
}

function aboutAspects({ about, appointment, visit }: FormValues): readonly Aspect[] {
  switch (about) {
    case 'order':
      return []
    case 'appointment':
      return [
        'appointment-day',
        ...(appointment.isExact ? (['appointment-hour'] as const) : []),
        'appointment-who',
        'appointment-where',
        'appointment-what',
      ]
    case 'visit':
      // A visit of the chart is as it is.
      return visit.real === ''
        ? ['visit-what', 'visit-setting', 'visit-start', 'visit-who', 'visit-where']
        : []
    case 'dispatch':
      return ['sent-to']
  }
}

function orderAspects({ kind }: FormValues): readonly Aspect[] {
  const all: readonly (readonly [Aspect, boolean])[] = [
    ['what', true],
    ['generic', kind === 'MedicationRequest'],
    ['place', applies(kind, 'placeOfService')],
    ['performer', applies(kind, 'performer')],
    ['location', applies(kind, 'location')],
    ['when', applies(kind, 'occurrence')],
    ['quantity', applies(kind, 'quantity')],
    ['dosage', applies(kind, 'dosage')],
  ]
  return all.flatMap(([aspect, isOffered]) => (isOffered ? [aspect] : []))
}

/** "Place of service". */
export function aspectLabel(aspect: Aspect): string {
  if (aspect === 'what') return 'Ordered'
  if (isCodeAspect(aspect)) return codeAspects[aspect].label
  if (isPartyAspect(aspect)) return partyAspects[aspect].label
  return textAspects[aspect].label
}
