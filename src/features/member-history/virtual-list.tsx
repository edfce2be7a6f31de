import { type ReactNode, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../ui'
import './virtual-list.css'
import { useKeptRows } from './use-kept-rows'
import { usePrinting } from './use-printing'
import { useRowKeys } from './use-row-keys'
import { useVirtualRows } from './use-virtual-rows'
import type { RowPlace } from './virtual-place'

interface Props<T> {
  readonly label: string
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  /** Its element carries `placeAttributes(place)`. */
  readonly row: (item: T, place: RowPlace) => ReactNode
  /** Said above it while it is long and open: what stands in for the browser's own search, and where the keys lead. */
  readonly hint?: string
  /** Nothing follows it: it is never folded. */
  readonly isWhole?: boolean
  /** The row that was asked for from elsewhere: the focus goes to it once it is there. */
  readonly at?: { readonly key: string } | undefined
  /** Told which row has the focus. */
  readonly onRow?: ((key: string | undefined) => void) | undefined
}

/** From so many rows on, a list is folded, and only its rows near the screen are in the page. */
const LONG = 100
/** Of a folded list: the next section stays in reach. */
const FIRST_ROWS = 20
/** A browser takes its time over paper; what is kept is printed from a document (U19). */
const PRINTED_AT_MOST = 500

const RECORDS_HINT =
  'Search with the filter above: the browser finds only rows near the screen. Arrow keys, Home and End lead from checkbox to checkbox.'

/** Rows on the page's own scroll, be they ten thousand: told, tabbed, unfolded and printed as if all were there. */
export function RowList<T>({
  label,
  items,
  keyOf,
  row,
  hint = RECORDS_HINT,
  isWhole = false,
  at,
  onRow,
}: Props<T>) {
  const list = useRef<HTMLUListElement>(null)
  const noteId = useId()
  const [isOpen, setOpen] = useState(isWhole)
  const isLong = items.length >= LONG
  const isPrinting = usePrinting()
  const count = isLong && !isOpen ? FIRST_ROWS : items.length
  const keys = useMemo(() => items.map(keyOf), [items, keyOf])
  const { kept, handlers } = useKeptRows(keys, onRow)
  const { wanted, goTo, onKeyDown } = useRowKeys(list, count)
  const places = useVirtualRows({ list, isOn: isLong, keys, count, kept, wanted })
  const isPart = isLong && !isPrinting
  const shown: readonly RowPlace[] = isPart
    ? places()
    : items.slice(0, isLong ? PRINTED_AT_MOST : LONG).map((_, index) => ({ index }))
  const asked = useRef<Props<T>['at']>(undefined)
  useLayoutEffect(() => {
    const index = at === undefined || at === asked.current ? -1 : keys.indexOf(at.key)
    if (index < 0) return
    asked.current = at
    if (index >= FIRST_ROWS) setOpen(true)
    goTo(index)
  }, [at, keys, goTo])
  const fold = (open: boolean): void => {
    setOpen(open)
    goTo(open ? FIRST_ROWS : FIRST_ROWS - 1)
  }
  return (
    <>
      {isLong && (isOpen || isPrinting) && (
        <p className="mh-long-note soft small" id={noteId}>
          {isPrinting ? `${Math.min(items.length, PRINTED_AT_MOST)} of ${items.length} are printed.` : hint}
        </p>
      )}
      <ul
        {...handlers}
        className={isPart ? 'mh-list mh-long' : 'mh-list'}
        ref={list}
        aria-label={label}
        aria-describedby={isLong && isOpen ? noteId : undefined}
        onKeyDown={onKeyDown}
      >
        {shown.flatMap((place) => {
          const item = items[place.index]
          return item === undefined ? [] : [row(item, place)]
        })}
      </ul>
      {isPart && !isWhole && <Fold label={label} all={items.length} isOpen={isOpen} onFold={fold} />}
    </>
  )
}

interface FoldProps {
  readonly label: string
  readonly all: number
  readonly isOpen: boolean
  readonly onFold: (open: boolean) => void
}

function Fold({ label, all, isOpen, onFold }: FoldProps) {
  const place = useRef<HTMLDivElement>(null)
  const was = useRef(isOpen)
  // Folded: what stood thousands of rows further down comes up, and the screen goes with it.
  useLayoutEffect(() => {
    if (was.current && !isOpen) place.current?.scrollIntoView?.({ block: 'nearest' })
    was.current = isOpen
  }, [isOpen])
  return (
    <div className="mh-more" ref={place}>
      <Button variant="quiet" onClick={() => onFold(!isOpen)}>
        {isOpen ? `Show only the first ${FIRST_ROWS}` : `Show all ${all}`}{' '}
        <span className="visually-hidden">of {label}</span>
      </Button>{' '}
      {!isOpen && (
        <span className="soft small">
          {FIRST_ROWS} of {all} shown
        </span>
      )}
    </div>
  )
}
