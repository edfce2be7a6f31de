import type { MergedCard } from '../../domain/crd/card-groups'
import type { CodeChoice } from '../../domain/ports'

/** A card that the user left aside, and why, as far as it was said. */
export interface LeftAside {
  /** One of the card's own override reasons. */
  readonly reason?: CodeChoice
  /** Typed for the payer to read. */
  readonly comment?: string
}

/** The reasons that a card offers for leaving it aside, by any of its copies. */
export function reasonsOf({ copies }: MergedCard): readonly CodeChoice[] {
  const found = new Map<string, CodeChoice>()
  for (const reason of copies.flatMap((copy) => copy.card.overrideReasons))
    if (!found.has(keyOf(reason))) found.set(keyOf(reason), reason)
  return [...found.values()]
}

/** Equal for equal reasons. */
export const keyOf = ({ system, code, display }: CodeChoice): string =>
  JSON.stringify([system, code, display])

export const reasonWords = ({ display, code }: CodeChoice): string => (display === '' ? code : display)

/** "Left aside: Generic tried without success". */
export function asideWords({ reason, comment }: LeftAside): string {
  const said = [
    ...(reason === undefined ? [] : [reasonWords(reason)]),
    ...(comment === undefined ? [] : [comment]),
  ]
  return said.length === 0 ? 'Left aside' : `Left aside: ${said.join('. ')}`
}
