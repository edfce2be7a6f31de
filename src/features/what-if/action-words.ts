import type { Action } from '../../domain/crd/cds-response'
import { draftName, typeInWords } from '../../domain/crd/suggestion-words'

/** An action in one sentence; the payer's own words where it gave some. */
export function actionSentence(action: Action): string {
  const verb = { create: 'Would add', update: 'Would change', delete: 'Would remove' }[action.type]
  const own = action.description === undefined ? '' : `: ${action.description}`
  return `${verb} ${targetInWords(action)}${own}`
}

function targetInWords(action: Action): string {
  if (action.type === 'delete') {
    const types = action.targets.map((target) => typeInWords(target.split('/').at(-2) ?? ''))
    return [...new Set(types)].join(' and ')
  }
  const type = typeInWords(action.resource.resourceType)
  return isOrder(action.resource.resourceType) ? `${type}, ${draftName(action.resource)}` : type
}

/** What can be named by what is ordered. */
const isOrder = (type: string): boolean => /(?:Request|Order|Prescription|Appointment)$/.test(type)
