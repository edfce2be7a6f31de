import { type RefObject, useEffect, useRef } from 'react'
import { useAnnounce } from '../../../ui'
import { glanceAtAnswer } from '../verdict'
import type { ColumnView } from './column-view'

/**
 * Says what has come in, and who is slow. When all have been heard, focus goes to the answers, unless the user is busy elsewhere:
 * in a field, or reading (U5, U17).
 */
export function useNews(
  views: readonly ColumnView[],
  results: RefObject<HTMLElement | null>,
  root: RefObject<HTMLElement | null>,
): void {
  const announce = useAnnounce()
  const told = useRef<ReadonlySet<string>>(new Set())
  const news = views.flatMap(({ label, answered }) =>
    answered.map(({ answer }) => ({
      key: `${label} ${answer.payer?.id ?? ''} ${answer.endedAt}`,
      words: `${label}. ${glanceAtAnswer(answer).sentence}`,
    })),
  )
  const slow = views.flatMap(({ label, waiting }) =>
    waiting.flatMap((each) =>
      each.isSlow
        ? [
            {
              key: `slow ${label} ${each.payer?.id ?? ''} ${each.since}`,
              words: slowWords(label, each.payer?.name),
            },
          ]
        : [],
    ),
  )
  const all = [...news, ...slow]
  const keys = all.map(({ key }) => key).join()
  const latest = useRef(all)
  useEffect(() => {
    latest.current = all
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when there is something new
  useEffect(() => {
    const fresh = latest.current.filter(({ key }) => !told.current.has(key))
    told.current = new Set([...told.current, ...fresh.map(({ key }) => key)])
    if (fresh.length > 0 && root.current?.closest('[hidden]') === null)
      announce(fresh.map(({ words }) => words).join(' '))
  }, [keys, announce, root])

  const isAsking = views.some(({ waiting }) => waiting.length > 0)
  const wasAsking = useRef(false)
  useEffect(() => {
    const isOver = wasAsking.current && !isAsking
    wasAsking.current = isAsking
    if (!isOver || root.current?.closest('[hidden]') !== null) return
    const active = document.activeElement
    const isWaiting =
      active === null ||
      active === document.body ||
      (active instanceof HTMLButtonElement && isAskButton(active))
    if (isWaiting) results.current?.focus()
  }, [isAsking, results, root])
}

const slowWords = (label: string, payer = 'The payer'): string =>
  `${label}. ${payer} is slower than usual. You can skip it.`

/** Asking was the last thing that was done. */
const isAskButton = (button: HTMLButtonElement): boolean => /^(Ask|Stop)/.test(button.textContent ?? '')
