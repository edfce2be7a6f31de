import { type FhirJson, objects, text } from '../json'
import type { Action } from './cds-response'

/** The Questionnaires that actions would put into the chart (form completion, CRD resp-61), from cards or system actions. */
export const questionnairesIn = (actions: readonly Action[]): readonly FhirJson[] =>
  actions.flatMap((action) =>
    action.type !== 'delete' && action.resource.resourceType === 'Questionnaire' ? [action.resource] : [],
  )

/** Canonicals of the forms that tasks among the actions ask to complete (`Task.input` of the kind "questionnaire"). */
export const formsToComplete = (actions: readonly Action[]): readonly string[] => [
  ...new Set(
    actions.flatMap((action) =>
      action.type === 'delete' || action.resource.resourceType !== 'Task'
        ? []
        : objects(action.resource, 'input').flatMap((input) => text(input, 'valueCanonical') ?? []),
    ),
  ),
]

/** The Questionnaire that a canonical (`url` or `url|version`) names, among those at hand; the last of several versions where none is named. */
export function findQuestionnaire(canonical: string, forms: readonly FhirJson[]): FhirJson | undefined {
  const [url, version] = canonical.trim().split('|')
  const found = forms.filter((form) => form.resourceType === 'Questionnaire' && text(form, 'url') === url)
  return version === undefined || version === ''
    ? found.at(-1)
    : found.find((form) => text(form, 'version') === version)
}
