import { at, type FhirJson, isResource, text } from '../json'
import { foreignChanges } from './foreign-changes'
import { coverageIn, lintCoverage } from './lint-coverage'
import { type Finding, finding } from './lint-finding'
import { elementNames, typeInWords } from './suggestion-words'

/** More than these the reader does not show either. */
const mostActions = 500

/** What may be done without a card besides the coverage answer: a form to complete (resp-61), a corrected coverage (resp-67). */
const allowed = new Set(['create Task', 'create Questionnaire', 'update Coverage'])

/** Findings on system actions: a payer may add coverage-information to what was asked and change nothing else (crd-facts A7). */
export const lintSystemActions = (
  actions: readonly unknown[],
  path: string,
  orders: readonly FhirJson[],
): readonly Finding[] =>
  actions.slice(0, mostActions).flatMap((action, index) => lintOne(action, `${path}[${index}]`, orders))

function lintOne(action: unknown, path: string, orders: readonly FhirJson[]): readonly Finding[] {
  const type = text(action, 'type') ?? 'unnamed'
  const resource = at(action, 'resource')
  const here = `${path}.resource`
  const answers = coverageIn(resource, here)
  const findings: Finding[] = answers.flatMap(lintCoverage)
  if (!isResource(resource) || type === 'delete')
    return [...findings, finding('system-action-not-allowed', path, notAllowed(type, resource))]
  const hasResourceId = at(action, 'resourceId') !== undefined
  if (answers.length > 0 && (type !== 'update' || hasResourceId))
    findings.push(
      finding(
        'coverage-not-update',
        path,
        'The payer’s answer should come as an update with the whole order, and nothing else in the action.',
      ),
    )
  if (allowed.has(`${type} ${resource.resourceType}`)) return findings
  const sent = orders.find(
    (order) => order.resourceType === resource.resourceType && order.id === resource.id,
  )
  if (type !== 'update')
    return [...findings, finding('system-action-not-allowed', path, notAllowed(type, resource))]
  if (sent === undefined)
    return [
      ...findings,
      finding(
        'system-action-not-asked',
        here,
        'The payer’s system speaks of an order or record that was not asked about.',
      ),
    ]
  const changed = foreignChanges(sent, resource)
  if (changed.length > 0)
    findings.push(
      finding(
        'system-action-changes-order',
        here,
        `The payer’s system changes the order itself (${elementNames(changed)}), which it may not. Nothing was changed.`,
      ),
    )
  return findings
}

function notAllowed(type: string, resource: unknown): string {
  const what = isResource(resource) ? typeInWords(resource.resourceType) : 'a record'
  const verb = type === 'create' || type === 'update' || type === 'delete' ? type : 'do something unknown to'
  return `The payer’s system wants to ${verb} ${what} without asking anybody, which it may not. Nothing was done.`
}
