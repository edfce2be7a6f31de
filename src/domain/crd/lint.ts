import { at, type FhirJson, isObject, list } from '../json'
import { lintCards } from './lint-cards'
import type { Finding } from './lint-finding'
import { lintSystemActions } from './lint-system-actions'

export type { Finding, LintRule } from './lint-finding'

/** More findings than this say no more. */
const most = 500

/**
 * What a payer's response has against the guides (CDS Hooks 2.0, CRD 2.0.1 to 2.2). `orders`: the drafts as they were sent. Reads
 * the response as it came, since reading it for the screen already sets right what can be set right. Never throws, never blocks.
 */
export function lint(response: unknown, orders: readonly FhirJson[]): readonly Finding[] {
  if (!isObject(response)) return []
  return [
    ...lintSystemActions(list(response, 'systemActions'), 'systemActions', orders),
    // Before CDS Hooks 2.0, system actions travelled as an extension.
    ...lintSystemActions(list(at(response, 'extension'), 'systemActions'), 'extension.systemActions', orders),
    ...lintCards(list(response, 'cards')),
  ].slice(0, most)
}
