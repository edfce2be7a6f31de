import { at, isObject, type JsonObject, list, text } from '../json'
import { coverageIn, lintCoverage } from './lint-coverage'
import { type Finding, finding, type LintRule } from './lint-finding'

/** More than these the reader does not show either. */
const mostCards = 200
const mostInCard = 100

/** CDS Hooks 2.0: shorter than this; characters. */
const summaryLimit = 140

/** Findings on cards (CDS Hooks 2.0 card attributes, CRD base card). */
export const lintCards = (cards: readonly unknown[]): readonly Finding[] =>
  cards
    .slice(0, mostCards)
    .flatMap((card, index) => (isObject(card) ? lintCard(card, `cards[${index}]`) : []))

function lintCard(card: JsonObject, path: string): readonly Finding[] {
  const suggestions = list(card, 'suggestions').slice(0, mostInCard)
  const links = list(card, 'links').slice(0, mostInCard)
  return [
    ...lintBase(card, path),
    ...lintSelection(card, path, suggestions.length),
    ...suggestions.flatMap((each, index) => lintSuggestion(each, `${path}.suggestions[${index}]`)),
    ...links.flatMap((each, index) => lintLink(each, `${path}.links[${index}]`)),
    // A coverage answer has no place on a card, in whatever way it is put there.
    ...coverageIn(card, path).map((each) => coverageFinding(each.path)),
  ]
}

function lintBase(card: JsonObject, path: string): readonly Finding[] {
  const summary = text(card, 'summary')
  const indicator = card.indicator
  const tell = (isBroken: boolean, rule: LintRule, at: string, sentence: string) =>
    isBroken ? [finding(rule, `${path}${at}`, sentence)] : []
  return [
    ...tell(summary === undefined, 'summary-missing', '', 'The message has no summary.'),
    ...tell(
      summary !== undefined && [...summary].length >= summaryLimit,
      'summary-long',
      '.summary',
      `The summary is longer than the ${summaryLimit} characters that a summary may have.`,
    ),
    ...tell(
      indicator !== 'info' && indicator !== 'warning' && indicator !== 'critical',
      'indicator-unknown',
      '.indicator',
      'The message does not say in a known way how urgent it is.',
    ),
    ...tell(
      text(at(card, 'source'), 'label') === undefined,
      'source-missing',
      '.source',
      'The message does not say whose it is.',
    ),
    ...tell(
      text(at(card, 'source', 'topic'), 'code') === undefined,
      'topic-missing',
      '.source.topic',
      'The message does not say which kind of advice it is.',
    ),
    ...tell(text(card, 'uuid') === undefined, 'card-uuid-missing', '', 'The message has no identifier.'),
  ]
}

function lintSelection(card: JsonObject, path: string, suggestions: number): readonly Finding[] {
  const given = card.selectionBehavior
  if (given === undefined || given === null)
    return suggestions === 0
      ? []
      : [
          finding(
            'selection-behavior-missing',
            path,
            'The message does not say whether one or several of its suggestions may be chosen. One is taken to be meant.',
          ),
        ]
  return given === 'at-most-one' || given === 'any'
    ? []
    : [
        finding(
          'selection-behavior-unknown',
          `${path}.selectionBehavior`,
          'The message says in an unknown way how its suggestions may be chosen, so it counts as unreadable.',
        ),
      ]
}

function lintSuggestion(suggestion: unknown, path: string): readonly Finding[] {
  const actions = list(suggestion, 'actions').slice(0, mostInCard)
  return [
    ...(text(suggestion, 'uuid') === undefined
      ? [finding('suggestion-uuid-missing', path, 'The suggestion has no identifier.')]
      : []),
    ...actions.flatMap((action, index) => {
      const here = `${path}.actions[${index}]`
      return [
        ...(text(action, 'description') === undefined
          ? [finding('action-description-missing', here, 'An action is not described in words.')]
          : []),
        ...coverageIn(at(action, 'resource'), `${here}.resource`).flatMap((each) => [
          coverageFinding(each.path),
          ...lintCoverage(each),
        ]),
      ]
    }),
  ]
}

const coverageFinding = (path: string): Finding =>
  finding(
    'coverage-in-card',
    path,
    'The payer put a coverage answer into a message, where it does not belong.',
  )

function lintLink(link: unknown, path: string): readonly Finding[] {
  const url = text(link, 'url')
  const type = at(link, 'type')
  return [
    ...(url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:'
      ? []
      : [finding('link-not-https', `${path}.url`, 'The address of a link is missing or is not https.')]),
    ...(type === 'absolute' || type === 'smart'
      ? []
      : [finding('link-type-unknown', `${path}.type`, 'A link does not say in a known way what it opens.')]),
  ]
}
