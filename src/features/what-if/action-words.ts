import type { Action } from '../../domain/crd/cds-response'
import { typeInWords } from '../../domain/crd/suggestion-words'

/** An action in one sentence; the payer's own words where it gave some. */
export function actionSentence(action: Action): string {
  const what = action.type === 'delete' ? 'an entry' : typeInWords(action.resource.resourceType)
  const verb = { create: 'Would add', update: 'Would change', delete: 'Would remove' }[action.type]
  const own = action.description === undefined ? '' : `: ${action.description}`
  return `${verb} ${what}${own}`
}
