import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, Notice, Skeleton } from '../../ui'
import { loadPart } from './load-part'

interface Options {
  /** As users call it: "The timeline". */
  readonly name: string
  /** Of the grey lines that stand there meanwhile. */
  readonly lines: number
}

/**
 * A part of the screen that is loaded at its first use. Where it does not come (a lost connection, a newer version on the server) it
 * says so and can be tried again (U15); all around it stays, with what was read and selected.
 */
export function latePart<P extends object>(
  load: () => Promise<{ readonly default: ComponentType<P> }>,
  { name, lines }: Options,
): (props: P) => ReactNode {
  let known: ComponentType<P> | undefined
  return function LatePart(props) {
    const [Part, setPart] = useState(() => known)
    const [turn, setTurn] = useState(0)
    const [failedTurn, setFailedTurn] = useState<number>()
    const place = useRef<HTMLDivElement>(null)
    useEffect(() => {
      if (Part !== undefined) return
      let isOver = false
      loadPart(load).then(
        (loaded) => {
          known = loaded.default
          if (!isOver) setPart(() => loaded.default)
        },
        () => {
          if (!isOver) setFailedTurn(turn)
        },
      )
      return () => {
        isOver = true
      }
    }, [Part, turn])
    useEffect(() => {
      // The button that was pressed is gone.
      if (Part !== undefined && turn > 0) place.current?.focus()
    }, [Part, turn])
    return (
      <div className="stack" ref={place} tabIndex={turn > 0 ? -1 : undefined}>
        {Part !== undefined ? (
          <Part {...props} />
        ) : failedTurn === turn ? (
          <NotLoaded name={name} onAgain={() => setTurn(turn + 1)} />
        ) : (
          <Skeleton lines={lines} label={`Opening ${name.toLowerCase()}`} />
        )}
      </div>
    )
  }
}

/** A part of the app did not come. */
export function NotLoaded({ name, onAgain }: { readonly name: string; readonly onAgain: () => void }) {
  return (
    <Notice
      tone="ask"
      role="alert"
      title={`${name} could not be opened: a part of this app did not load.`}
      actions={<Button onClick={onAgain}>Try again</Button>}
    >
      <p>
        Nothing was lost: what was read and selected is still here. Check the connection, then try again. If
        that does not help, open this app again from the chart.
      </p>
    </Notice>
  )
}
