import { createContext, useContext } from 'react'
import type { RecordKey } from '../../domain/pdex/record'

const Searched = createContext<ReadonlySet<RecordKey>>(new Set())

/** What the user's own searches found, for the rows. */
export const SearchedRecords = Searched.Provider

/** Beside a record that a search of the user's own found. */
export const SearchMark = ({ recordKey }: { readonly recordKey: RecordKey }) =>
  useContext(Searched).has(recordKey) ? <p className="small mh-from-search">From your search</p> : null
