import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback } from 'react'
import { usePageTop } from './use-page-top'
import type { RowPlace } from './virtual-place'

interface Options {
  readonly list: RefObject<HTMLElement | null>
  readonly isOn: boolean
  /** Of all rows of the list. */
  readonly keys: readonly string[]
  /** How many of them there are to be seen. */
  readonly count: number
  /** The numbers of rows that stay in the page wherever they are; asked whenever others come or go. */
  readonly kept: () => readonly number[]
  /** A row that is to be in the page now. */
  readonly wanted: number | undefined
}

/** Beyond the screen's edges, so that Tab and quick scrolling find them there. */
const ROWS_AROUND = 6
/** Until a row was in the page; pixels. */
const likelyHeight = (): number => (window.innerWidth > 900 ? 86 : 196)

/** Which rows of a list are to be in the page, by the page's own scroll, and how high those are that are not. */
export function useVirtualRows({ list, isOn, keys, count, kept, wanted }: Options) {
  const top = usePageTop(list, isOn)
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    enabled: isOn,
    count,
    scrollMargin: top,
    overscan: ROWS_AROUND,
    estimateSize: likelyHeight,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept is asked when the range changes
    rangeExtractor: useCallback(
      (range: Range): number[] =>
        [...new Set([...defaultRangeExtractor(range), ...kept(), ...(wanted === undefined ? [] : [wanted])])]
          .filter((index) => index < range.count)
          .sort((a, b) => a - b),
      [wanted, keys],
    ),
    // Told by the browser once it has laid out: to ask would make it do so at once. Behind another task rows have no height.
    measureElement: (element, entry, instance) =>
      Math.round(entry?.borderBoxSize[0]?.blockSize ?? 0) ||
      instance.measurementsCache[instance.indexFromElement(element)]?.size ||
      likelyHeight(),
  })
  const places = (): readonly RowPlace[] => {
    let end = top
    return virtualizer.getVirtualItems().map(({ index, start, end: next }) => {
      const gap = start - end
      end = next
      return { index, of: keys.length, gap, measure: virtualizer.measureElement }
    })
  }
  return { places, height: () => virtualizer.getTotalSize() }
}
