import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RecordKey } from '../../domain/pdex/record'
import type { VerdictRecords } from './verdict-groups'

/**
 * When comparing ends, a row may move to another group of its section: if it had the focus, `at` leads there, else the focus would be
 * nowhere. `onRow` is told which row has it.
 */
export function useFollowedRow(groups: readonly VerdictRecords[]) {
  const focused = useRef<RecordKey>(undefined)
  const [at, setAt] = useState<{ readonly key: RecordKey }>()
  const onRow = useCallback((key: RecordKey | undefined): void => {
    focused.current = key
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows move when the groups do
  useLayoutEffect(() => {
    // React tells of no blur where it takes an element away.
    if (focused.current !== undefined && document.activeElement === document.body)
      setAt({ key: focused.current })
  }, [groups])
  // Once only: what is opened later does not take the focus from where it is then.
  useEffect(() => {
    if (at !== undefined) setAt(undefined)
  }, [at])
  return { at, onRow }
}
