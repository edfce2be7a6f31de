import { useState } from 'react'
import type { KeptLogPort, LogForm, LogSearch } from '../../domain/kept-log'
import type { Problem } from '../../domain/result'
import { Button, CopyButton, Disclosure, ProblemNotice, useAnnounce } from '../../ui'
import { saveFile } from '../../ui/save-file'
import { useWork } from '../work'

/** All that fits a search, to take along: a file, and beside it the text, for frames that forbid downloads (U18). */
export function TakeLines({ log, search }: { readonly log: KeptLogPort; readonly search: LogSearch }) {
  const { ports, site } = useWork()
  const announce = useAnnounce()
  const [busy, setBusy] = useState<LogForm>()
  const [taken, setTaken] = useState<string>()
  const [problem, setProblem] = useState<Problem>()
  const [isShown, setShown] = useState(false)
  const take = async (form: LogForm): Promise<void> => {
    setBusy(form)
    setProblem(undefined)
    const text = await log.export(search, form)
    setBusy(undefined)
    if (!text.ok) {
      setProblem(text.problem)
      return
    }
    setTaken(text.value)
    const day = new Date(ports.clock.now()).toISOString().slice(0, 10)
    if (form === 'json') saveFile(ports.clock, `site-log-${day}.json`, 'application/json', text.value)
    else saveFile(ports.clock, `site-log-${day}.ndjson`, 'text/plain', text.value)
    announce('File handed to the browser. If nothing was saved, the text is below.')
  }
  return (
    <div className="stack">
      <div className="cluster">
        <Button onClick={() => void take('json')} busy={busy !== undefined}>
          {busy === 'json' ? 'Putting it together…' : 'Save all that fits as JSON'}
        </Button>
        <Button onClick={() => void take('ndjson')} busy={busy !== undefined}>
          {busy === 'ndjson' ? 'Putting it together…' : 'One entry a line (NDJSON)'}
        </Button>
        <span className="field-hint">
          The file has patients’ data in it. Keep it as you keep the chart. Saving is recorded in the log.
        </span>
      </div>
      {problem !== undefined && (
        <ProblemNotice
          problem={problem}
          notDone="Nothing was saved."
          technicalDetails={site.policy.technicalDetails}
          role="alert"
        />
      )}
      {taken !== undefined && (
        <Disclosure summary="Nothing was saved? Take the text from here" open={isShown} onToggle={setShown}>
          <div className="stack">
            <div>
              <CopyButton text={taken} label="Copy the text" />
            </div>
            <textarea
              readOnly
              rows={8}
              aria-label="What was found, as text"
              value={taken}
              onFocus={(event) => event.currentTarget.select()}
            />
          </div>
        </Disclosure>
      )}
    </div>
  )
}
