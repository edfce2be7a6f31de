import type { AnswerContent } from '../crd/ask'
import { actionDetails, type DetailLine } from '../crd/card-details'
import type { Action, Card } from '../crd/cds-response'
import { isClinicalTopic } from '../crd/configuration'
import type { Phrase } from './phrases'

/** What a payer proposes to correct in the record of the coverage: to be copied by people, never written. */
export interface CoverageProposal {
  readonly key: string
  /** In the payer's own words, where it gave some. */
  readonly said?: string
  readonly lines: readonly DetailLine[]
}

/** What a payer said besides its answer, as far as a front desk has use for it. */
export interface Messages {
  readonly notes: readonly { readonly key: string; readonly said: Phrase; readonly more?: Phrase }[]
  /** Messages on treatment, or on other apps: they are the clinician's, and are counted here. */
  readonly leftOut: number
  readonly proposals: readonly CoverageProposal[]
}

/** Parts a payer's messages. None is lost: each is a note, a proposal, or counted as left out (U20). */
export function messagesOf({ cards, otherActions }: AnswerContent, payer: string): Messages {
  const proposals = [
    ...otherActions.flatMap((action, index) => proposalOf(action, `action ${index}`)),
    ...cards.flatMap((card) =>
      card.suggestions.flatMap((suggestion) =>
        suggestion.actions.flatMap((action) =>
          proposalOf(action, `${card.key} ${suggestion.key}`, suggestion.label),
        ),
      ),
    ),
  ]
  const shown = cards.filter((card) => !isClinical(card))
  return {
    notes: shown.map((card) => ({
      key: card.key,
      said: { key: 'quote', payer, text: card.summary },
      ...(card.detail !== undefined && {
        more: { key: 'quote', payer, text: withoutMarks(card.detail) } as const,
      }),
    })),
    leftOut: cards.length - shown.length,
    proposals: proposals.filter(
      (each, index) =>
        proposals.findIndex((other) => JSON.stringify(other.lines) === JSON.stringify(each.lines)) === index,
    ),
  }
}

/**
 * Of a clinical kind; or of no stated kind and with changes to an order, which is advice on treatment too; or one that hands over to
 * an app, such as a member's history: the desk opens none.
 */
function isClinical({ source, suggestions, links }: Card): boolean {
  if (links.some(({ appContext }) => appContext !== undefined)) return true
  if (source.topic !== undefined && source.topic.code !== '') return isClinicalTopic(source.topic.code)
  return suggestions.some(({ actions }) => actions.some((action) => !isOfCoverage(action)))
}

const isOfCoverage = (action: Action): boolean =>
  action.type !== 'delete' && action.resource.resourceType === 'Coverage'

function proposalOf(action: Action, key: string, said?: string): readonly CoverageProposal[] {
  if (!isOfCoverage(action)) return []
  const lines = actionDetails(action)
  return lines.length === 0 ? [] : [{ key, lines, ...(said !== undefined && { said }) }]
}

/** Markdown read as text: the marks around words go, a link keeps its words. */
const withoutMarks = (markdown: string): string =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>)\s+/gm, '')
    .replace(/^\s*[*+-]\s+/gm, '• ')
    .replace(/(\*\*|__|`)/g, '')
    .replace(/\n{2,}/g, '\n')
    .trim()
