import { type CardDesk, card } from './cards'
import type { JsonObject } from './json'
import { alternativesTo, type Provider } from './network'
import type { Assertion } from './rules'
import { performerSuggestion } from './suggestions'

/** What an answer becomes when the performer is outside the network: authorization is needed, and the member pays more. */
export function outsideNetwork(assertion: Assertion, outsider: Provider): Assertion {
  if (assertion.covered === 'not-covered' || assertion.covered === 'indeterminate') return assertion
  const dearer = {
    category: 'cat-decisional',
    code: 'out-network-copay',
    display: 'Copay for out-of-network',
    value: { valueString: '40 % of the charge' },
  } as const
  const details = assertion.details ?? []
  return {
    ...assertion,
    paNeeded: assertion.paNeeded === 'satisfied' ? 'satisfied' : 'auth-needed',
    reasons: [
      ...(assertion.reasons ?? []),
      {
        code: 'auth-out-network',
        text: `${outsider.name} is outside the network: authorization is needed first`,
      },
    ],
    details: details.some(({ code }) => code === dearer.code) ? details : [...details, dearer],
  }
}

/** The card that names those in the network who do the same, each as a suggestion where the order can name a performer. */
export function networkCard(
  desk: CardDesk,
  order: JsonObject,
  outsider: Provider,
  directory: readonly Provider[],
): JsonObject {
  const inside = alternativesTo(outsider, directory)
  const suggestions = inside.flatMap((to) => performerSuggestion(order, to, desk.newId) ?? [])
  const names = inside.map(({ name }) => `* ${name}`).join('\n')
  return card(desk, 'network', `${order.resourceType}/${order.id}`, {
    summary: `${outsider.name} is outside the network`,
    indicator: 'warning',
    detail:
      inside.length > 0 ? `In the network for the same:\n\n${names}` : 'Nobody in the network does the same.',
    ...(suggestions.length > 0 ? { selectionBehavior: 'at-most-one', suggestions } : {}),
  })
}
