import { at, flag, objects, text } from '../../../domain/json'
import { readParty } from '../../asking/entries'
import { ORDER_KINDS } from '../../asking/order-kinds'
import { type FormValues, readForm } from '../form-values'
import { readEntry } from '../order-values'
import { type Alternative, holding, mostAlternatives } from './alternatives'
import { type Change, isCodeAspect, isPartyAspect, isTextAspect } from './change'

/** What is compared: the question as it stood when comparing began, and the other ways. */
export interface CompareDraft {
  readonly original: FormValues
  readonly asksOthers: boolean
  readonly alternatives: readonly Alternative[]
}

/**
 * What was compared before a new launch (storage is not trusted): what can be read of it; undefined where there is no alternative.
 * `newId`: for what has lost its id.
 */
export function readCompareDraft(
  kept: unknown,
  today: string,
  newId: () => string,
): CompareDraft | undefined {
  const original = readForm(at(kept, 'original'), today, newId)
  const alternatives = objects(kept, 'alternatives').flatMap((each) => {
    const changes = holding(original, objects(each, 'changes').flatMap(readChange))
    return changes.length === 0 ? [] : [{ id: newId(), changes }]
  })
  return alternatives.length === 0
    ? undefined
    : {
        original,
        asksOthers: flag(kept, 'asksOthers') ?? false,
        alternatives: alternatives.slice(0, mostAlternatives),
      }
}

function readChange(kept: unknown): readonly Change[] {
  const aspect = text(kept, 'aspect') ?? ''
  if (aspect === 'what') {
    const kind = ORDER_KINDS.find((each) => each.kind === text(kept, 'kind'))?.kind
    return kind === undefined ? [] : [{ aspect, kind, entry: readEntry(kept, 'entry') }]
  }
  if (isCodeAspect(aspect)) return [{ aspect, entry: readEntry(kept, 'entry') }]
  if (isPartyAspect(aspect)) return [{ aspect, party: readParty(kept, 'party') }]
  return isTextAspect(aspect) ? [{ aspect, text: text(kept, 'text') ?? '' }] : []
}
