import { useCallback, useEffect, useState } from 'react'
import { dayOf } from '../../asking/local-time'
import { useWork } from '../../work'
import type { FormValues } from '../form-values'
import { type Alternative, carriedOver, mostAlternatives, startAlternative } from './alternatives'
import { type CompareDraft, readCompareDraft } from './compare-draft'

const NAME = 'what-if-compare'

interface Removed {
  readonly alternative: Alternative
  readonly index: number
  readonly label: string
}

/** The form of now: what a comparison begins with. */
export interface FormOfNow {
  readonly values: FormValues
  readonly asksOthers: boolean
}

/** What is compared, kept for as long as the task is open, and over a new sign-in (U9). */
export function useCompareDraft(form: FormOfNow) {
  const { drafts, clock, newId } = useWork().ports
  const [draft, setDraft] = useState<CompareDraft>(
    () =>
      readCompareDraft(drafts.load(NAME), dayOf(clock.now()), newId) ?? {
        original: form.values,
        asksOthers: form.asksOthers,
        alternatives: [],
      },
  )
  const [removed, setRemoved] = useState<Removed>()
  useEffect(() => drafts.save(NAME, draft), [drafts, draft])
  const change = useCallback(
    (edit: (all: readonly Alternative[]) => readonly Alternative[]) =>
      setDraft((last) => ({ ...last, alternatives: edit(last.alternatives).slice(0, mostAlternatives) })),
    [],
  )
  return {
    draft,
    removed,
    /** Another one, or a copy of one; its id. */
    add: (copied?: Alternative): string => {
      const id = newId()
      change((all) => [...all, startAlternative(id, draft.original, copied)])
      setRemoved(undefined)
      return id
    },
    edit: (next: Alternative) => change((all) => all.map((each) => (each.id === next.id ? next : each))),
    remove: (id: string, label: string) => {
      const index = draft.alternatives.findIndex((each) => each.id === id)
      const alternative = draft.alternatives[index]
      if (alternative === undefined) return
      change((all) => all.filter((each) => each.id !== id))
      setRemoved({ alternative, index, label })
    },
    undo: () => {
      if (removed !== undefined) change((all) => all.toSpliced(removed.index, 0, removed.alternative))
      setRemoved(undefined)
    },
    /** The form of now becomes the original; what is different stays different. */
    startAgain: () =>
      setDraft((last) => ({
        original: form.values,
        asksOthers: form.asksOthers,
        alternatives: carriedOver(form.values, last.alternatives),
      })),
  }
}
