import { useEffect } from 'react'
import { FIELD_IDS } from './field-ids'

/** What would be ordered is what everybody enters first: the cursor waits there, unless something else has the focus already. */
export function useFirstField(): void {
  useEffect(() => {
    if (document.activeElement === document.body)
      document.getElementById(FIELD_IDS.coding)?.focus({ preventScroll: true })
  }, [])
}
