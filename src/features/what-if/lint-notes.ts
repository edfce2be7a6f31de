import { type Finding, lint } from '../../domain/crd/lint'
import type { Answered } from '../asking/use-ask'

/** Findings of one rule, told once. */
export interface LintNote {
  readonly rule: Finding['rule']
  readonly sentence: string
  /** Where in the response. */
  readonly paths: readonly string[]
}

/** What is to be said about how an answer was made: advice, never in the way of it. Alike findings once. */
export function lintNotes({ answer, orders }: Pick<Answered, 'answer' | 'orders'>): readonly LintNote[] {
  const notes = new Map<string, LintNote>()
  for (const { rule, sentence, path } of lint(answer.response, orders)) {
    const key = `${rule} ${sentence}`
    const paths = notes.get(key)?.paths ?? []
    notes.set(key, { rule, sentence, paths: [...paths, path] })
  }
  return [...notes.values()]
}
