import { useEffect, useState } from 'react'
import { Button, Panel, StateTag } from '../../ui'
import { useWork } from '../work'
import type { Waiting } from './use-ask'

interface Props {
  readonly waiting: Waiting
  /** As long as the payer is not known from asking: the one that the form names. */
  readonly payerName: string
  readonly onSkip: () => void
}

/** A payer that is being asked: at once, with seconds from the first on, and a way out when it is slow (U5). */
export function AskingBlock({ waiting, payerName, onSkip }: Props) {
  const seconds = useSeconds(waiting.since)
  const name = waiting.payer?.name ?? payerName
  return (
    <Panel
      as="article"
      busy
      title={
        <>
          {name} <span className="soft">· {waiting.question.title}</span>
        </>
      }
      aside={<StateTag tone="busy">Asking</StateTag>}
    >
      <p>
        {waiting.isSlow ? `${name} is slower than usual` : `Asking ${name}`}
        {seconds >= 1 && <span className="num">: {seconds} s</span>}
      </p>
      {waiting.isSlow && (
        <div className="cluster">
          <Button onClick={onSkip}>Skip {name}</Button>
        </div>
      )}
    </Panel>
  )
}

/** Whole seconds since a moment, counted on the app's clock. */
export function useSeconds(since: number): number {
  const { clock } = useWork().ports
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    let cancel = () => {}
    const tick = () => {
      const gone = Math.max(0, clock.now() - since)
      setSeconds(Math.floor(gone / 1000))
      cancel = clock.after(1000 - (gone % 1000), tick)
    }
    tick()
    return () => cancel()
  }, [clock, since])
  return seconds
}
