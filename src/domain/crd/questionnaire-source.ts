import { type FhirJson, objects, text } from '../json'
import type { Action, Card } from './cds-response'
import { payerText } from './payer-text'

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

/** A form that a payer speaks of: with its questions where it came along, else by its name alone. */
export type NamedForm =
  | { readonly kind: 'here'; readonly form: FhirJson }
  | { readonly kind: 'elsewhere'; readonly canonical: string }

/** Every Questionnaire that came along with an answer, on whatever card or system action. */
export const formsAtHand = (content: {
  readonly cards: readonly Card[]
  readonly otherActions: readonly Action[]
}): readonly FhirJson[] =>
  questionnairesIn([
    ...content.cards.flatMap((card) => card.suggestions.flatMap((suggestion) => suggestion.actions)),
    ...content.otherActions,
  ])

/** Forms by their canonicals, each once; those among `atHand` with their questions. */
export const namedForms = (
  canonicals: readonly string[],
  atHand: readonly FhirJson[],
): readonly NamedForm[] =>
  eachOnce(
    [...new Set(canonicals)].map((canonical) => named(canonical, findQuestionnaire(canonical, atHand))),
  )

/** The forms that actions bring along or ask to complete, each once; first looked for among their own. */
export function formsOf(actions: readonly Action[], atHand: readonly FhirJson[]): readonly NamedForm[] {
  const own = questionnairesIn(actions)
  return eachOnce([
    ...formsToComplete(actions).map((canonical) =>
      named(canonical, findQuestionnaire(canonical, own) ?? findQuestionnaire(canonical, atHand)),
    ),
    ...own.map((form): NamedForm => ({ kind: 'here', form })),
  ])
}

const named = (canonical: string, form: FhirJson | undefined): NamedForm =>
  form === undefined ? { kind: 'elsewhere', canonical } : { kind: 'here', form }

function eachOnce(forms: readonly NamedForm[]): readonly NamedForm[] {
  const seen = new Set<FhirJson>()
  return forms.filter((each) => {
    if (each.kind === 'elsewhere') return true
    const isNew = !seen.has(each.form)
    seen.add(each.form)
    return isNew
  })
}

/** A form by name. Never empty. */
export const formTitle = (form: FhirJson): string =>
  payerText(form.title, 500) ??
  payerText(form.name, 500) ??
  payerText(form.url, 500) ??
  'Form without a title'
