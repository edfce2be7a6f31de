import type { CSSProperties, RefCallback } from 'react'

/** Where a row stands in a list. */
export interface RowPlace {
  readonly index: number
  /** How many rows the list has, where not all of them are in the page. */
  readonly of?: number
  /** Height of the rows above it that are not in the page, where it is the first that is; pixels. */
  readonly above?: number
  /** Height of the rows below it that are not in the page, to the next that is; pixels. */
  readonly below?: number
  /** Takes the row's height. */
  readonly measure?: RefCallback<HTMLElement>
}

interface RowAttributes {
  readonly ref?: RefCallback<HTMLElement>
  readonly 'data-index': number
  readonly 'aria-posinset'?: number
  readonly 'aria-setsize'?: number
  readonly style?: CSSProperties
}

/**
 * What a row's element carries of its place: who listens is told its number among all, not among those in the page. The height of rows
 * that are not there hangs below the row before them: a browser keeps what is on the screen in its place, but not a row whose own
 * margin above changes, nor one in a list whose height does.
 */
export const placeAttributes = ({ index, of, above = 0, below = 0, measure }: RowPlace): RowAttributes => ({
  'data-index': index,
  ...(measure && { ref: measure }),
  ...(of !== undefined && { 'aria-posinset': index + 1, 'aria-setsize': of }),
  ...((above > 0 || below > 0) && { style: { marginTop: above, marginBottom: below } }),
})
