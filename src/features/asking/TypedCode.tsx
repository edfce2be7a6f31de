import { useState } from 'react'
import { Button, Field } from '../../ui'
import type { OrderItem } from './order-item'
import type { CodeSystemChoice } from './order-kinds'

const OTHER = 'other'

interface Props {
  /** Of the ids of its fields: several may stand on one screen. */
  readonly id: string
  /** To choose from, likeliest first. */
  readonly systems: readonly CodeSystemChoice[]
  readonly onUse: (item: OrderItem) => void
}

/** The way that is always open: system and code by hand, where no search finds what is meant. */
export default function TypedCode({ id, systems, onUse }: Props) {
  const [system, setSystem] = useState(systems[0]?.system ?? OTHER)
  const [other, setOther] = useState('')
  const [code, setCode] = useState('')
  const [display, setDisplay] = useState('')
  const [tried, setTried] = useState(false)
  // A system chosen for one kind of order may not be offered for the next; what was typed stays.
  const chosen =
    system === OTHER || systems.some((s) => s.system === system) ? system : (systems[0]?.system ?? OTHER)
  const url = chosen === OTHER ? other.trim() : chosen
  const missingCode = code.trim() === '' ? 'Enter a code' : undefined
  const missingUrl = /^(https?:\/\/|urn:)\S+$/.test(url)
    ? undefined
    : 'Enter the code system’s address (http… or urn:…)'
  const use = () => {
    setTried(true)
    if (missingCode !== undefined || missingUrl !== undefined) return
    const words = display.trim() === '' ? code.trim() : display.trim()
    onUse({
      label: words,
      coding: [{ system: url, code: code.trim(), display: words }],
      source: 'typed',
    })
  }
  return (
    <>
      {/* Enter here uses the code; it does not send the question. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only keeps Enter of the inputs inside from the form */}
      <div
        className="stack"
        onKeyDown={(event) => {
          if (
            event.key !== 'Enter' ||
            event.ctrlKey ||
            event.metaKey ||
            event.target instanceof HTMLButtonElement
          )
            return
          event.preventDefault()
          use()
        }}
      >
        <div className="pair">
          <Field id={`${id}-system`} label="Code system">
            {(control) => (
              <select {...control} value={chosen} onChange={(event) => setSystem(event.target.value)}>
                {systems.map((choice) => (
                  <option key={choice.system} value={choice.system}>
                    {choice.name}
                  </option>
                ))}
                <option value={OTHER}>Another</option>
              </select>
            )}
          </Field>
          <Field id={`${id}-code`} label="Code" error={tried ? missingCode : undefined}>
            {(control) => (
              <input
                {...control}
                value={code}
                onChange={(event) => setCode(event.target.value)}
                autoComplete="off"
              />
            )}
          </Field>
        </div>
        {chosen === OTHER && (
          <Field id={`${id}-url`} label="Address of the code system" error={tried ? missingUrl : undefined}>
            {(control) => (
              <input
                {...control}
                value={other}
                onChange={(event) => setOther(event.target.value)}
                inputMode="url"
              />
            )}
          </Field>
        )}
        <Field id={`${id}-words`} label="In words" optional>
          {(control) => (
            <input
              {...control}
              value={display}
              onChange={(event) => setDisplay(event.target.value)}
              autoComplete="off"
            />
          )}
        </Field>
        <div className="cluster">
          <Button onClick={use}>Use this code</Button>
        </div>
      </div>
    </>
  )
}
