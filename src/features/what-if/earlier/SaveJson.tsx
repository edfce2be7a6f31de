import { useState } from 'react'
import { exportRecords, type InvocationRecord } from '../../../domain/audit'
import { Button, CopyButton, Disclosure, Notice, useAnnounce } from '../../../ui'
import { saveFile } from '../../../ui/save-file'
import { useWork } from '../../work'
import { instantHere } from './words'

interface Props {
  readonly ids: readonly string[]
  readonly label: string
}

/** What was put together to be taken. */
interface Ready {
  readonly text: string
  /** Of those asked for, how many could not be opened. */
  readonly missing: number
}

/**
 * Earlier answers as one JSON text, saved as a file or copied. A frame may forbid downloads without a sign, so the text in place
 * stands beside it (U18). The file's name says nothing about the patient.
 */
export function SaveJson({ ids, label }: Props) {
  const { ports } = useWork()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [ready, setReady] = useState<Ready>()
  const [isShown, setShown] = useState(false)

  const gather = async (): Promise<string> => {
    setBusy(true)
    const records: InvocationRecord[] = []
    // One after the other: each may be several megabytes.
    for (const id of ids) {
      const record = await ports.audit.open(id)
      if (record !== undefined) records.push(record)
    }
    const text = exportRecords(records, instantHere(ports.clock.now()))
    setReady({ text, missing: ids.length - records.length })
    setBusy(false)
    return text
  }
  const save = async (): Promise<void> => {
    const text = await gather()
    const day = instantHere(ports.clock.now()).slice(0, 10)
    saveFile(ports.clock, `payer-answers-${day}.json`, 'application/json', text)
    announce('File handed to the browser. If nothing was saved, the text is below.')
  }
  const show = async (): Promise<void> => {
    await gather()
    setShown(true)
  }
  return (
    <div className="stack">
      <div className="cluster">
        <Button onClick={() => void save()} busy={busy}>
          {busy ? 'Putting it together…' : label}
        </Button>
        <Button variant="quiet" onClick={() => void show()} busy={busy}>
          Show as text to copy
        </Button>
        <span className="field-hint">
          The file has the patient’s data in it. Keep it as you keep the chart.
        </span>
      </div>
      {ready !== undefined && ready.missing > 0 && (
        <Notice
          tone="ask"
          title={
            ready.missing === 1
              ? 'One could not be read and is left out.'
              : `${ready.missing} could not be read and are left out.`
          }
        />
      )}
      {ready !== undefined && (
        <Disclosure summary="Nothing was saved? Take the text from here" open={isShown} onToggle={setShown}>
          <div className="stack">
            <p className="field-hint">Some charts forbid downloads. Copy this text instead.</p>
            <div>
              <CopyButton text={ready.text} label="Copy the JSON" />
            </div>
            <textarea
              readOnly
              rows={8}
              aria-label="Earlier answers as JSON"
              value={ready.text}
              onFocus={(event) => event.currentTarget.select()}
            />
          </div>
        </Disclosure>
      )}
    </div>
  )
}
