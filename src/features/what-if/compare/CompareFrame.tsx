import { type ComponentProps, lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { Panel, Skeleton } from '../../../ui'

const Compare = lazy(() => import('./Compare'))

interface Props extends ComponentProps<typeof Compare> {
  /** Comparing was opened once: from then on it stays as it is, in sight or not. */
  readonly isBegun: boolean
  /** The form and its answers: out of sight while comparing, and nothing of them is lost (U9). */
  readonly children: ReactNode
}

/** The question and its answers, or its alternatives side by side. A way back leads to where one came from. */
export function CompareFrame({ isBegun, children, ...compare }: Props) {
  const { isOpen } = compare
  const opener = useRef<Element>(null)
  const wasOpen = useRef(isOpen)
  // While rendering, focus is still where comparing was asked for.
  if (isOpen && !wasOpen.current) opener.current = document.activeElement
  useEffect(() => {
    if (wasOpen.current && !isOpen && opener.current instanceof HTMLElement) opener.current.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  return (
    <>
      <div hidden={isOpen}>{children}</div>
      {isBegun && (
        <div hidden={!isOpen}>
          <Suspense
            fallback={
              <Panel>
                <Skeleton lines={6} label="Opening the comparison" />
              </Panel>
            }
          >
            <Compare {...compare} />
          </Suspense>
        </div>
      )}
    </>
  )
}
