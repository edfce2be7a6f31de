import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useState } from 'react'
import { observePage } from './page-scroll'
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
/** Of a row that was not in the page yet; pixels. */
const likelyHeight = (): number => (window.innerWidth > 900 ? 86 : 196)

/**
 * Whether the browser itself keeps what is on the screen in its place while heights above it become known. It sees the whole page,
 * where each list sees only its own rows: several lists that move the page at once move a box away from under the pointer.
 */
const isPageKept = (): boolean => globalThis.CSS?.supports?.('overflow-anchor', 'auto') === true

/** Which rows of a list are to be in the page, by the page's own scroll, and how high those are that are not. */
export function useVirtualRows({ list, isOn, keys, count, kept, wanted }: Options) {
  const top = usePageTop(list, isOn)
  // Asked once: the browser lays out before it answers.
  const [likely] = useState(likelyHeight)
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    enabled: isOn,
    count,
    scrollMargin: top,
    overscan: ROWS_AROUND,
    observeElementOffset: observePage,
    useFlushSync: false,
    estimateSize: useCallback(() => likely, [likely]),
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
      likely,
  })
  if (isPageKept()) virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false
  const places = (): readonly RowPlace[] => {
    const shown = virtualizer.getVirtualItems()
    const bottom = top + virtualizer.getTotalSize()
    return shown.map(({ index, start, end }, n) => ({
      index,
      of: keys.length,
      above: n === 0 ? start - top : 0,
      below: (shown[n + 1]?.start ?? bottom) - end,
      measure: virtualizer.measureElement,
    }))
  }
  return places
}
