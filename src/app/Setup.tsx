import { useEffect, useRef, useState } from 'react'
import { SetupCheck } from '../features/setup/SetupCheck'
import { Skeleton } from '../ui'

type World = Parameters<typeof SetupCheck>[0]['world']

export interface SetupProps {
  readonly loadWorld: () => Promise<World>
}

/** The set-up check on a page of its own, at `#/setup`, for the person who looks after this app. */
export default function Setup({ loadWorld }: SetupProps) {
  const [world, setWorld] = useState<World>()
  const load = useRef(loadWorld)
  useEffect(() => void load.current().then(setWorld), [])
  return (
    <main id="main">
      {world === undefined ? (
        <Skeleton lines={4} label="Opening the set-up check" />
      ) : (
        <SetupCheck world={world} />
      )}
    </main>
  )
}
