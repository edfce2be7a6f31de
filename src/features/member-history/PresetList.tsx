import { useEffect, useRef, useState } from 'react'
import { nameProblem } from '../../domain/pdex/own-presets'
import { type HistoryPreset, isSameName } from '../../domain/pdex/preset'
import { Button, Field, useAnnounce } from '../../ui'
import { useWork } from '../work'
import { presetWords } from './preset-words'
import type { OwnPresets } from './use-own-presets'

interface Props {
  readonly own: OwnPresets
  readonly presets: readonly HistoryPreset[]
  /** The organization's: their names are taken. */
  readonly others: readonly HistoryPreset[]
  readonly onClose: () => void
}

/** The user's own filters: rename and delete; what was deleted last can be brought back. */
export function PresetList({ own, presets, others, onClose }: Props) {
  const announce = useAnnounce()
  const [deleted, setDeleted] = useState<HistoryPreset>()
  const [renaming, setRenaming] = useState<string>()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="stack mh-preset-form">
      <h3 ref={heading} tabIndex={-1}>
        My filters
      </h3>
      {presets.length === 0 && <p>No filter of your own is left.</p>}
      <ul className="plain stack">
        {presets.map((preset) => (
          <li key={preset.name} className="mh-preset">
            {renaming === preset.name ? (
              <Rename
                preset={preset}
                others={[...others, ...presets.filter((one) => one !== preset)]}
                onRename={(to) => {
                  own.rename(preset.name, to)
                  setRenaming(undefined)
                  announce(`Renamed to “${to}”.`)
                  heading.current?.focus()
                }}
                onCancel={() => {
                  setRenaming(undefined)
                  heading.current?.focus()
                }}
              />
            ) : (
              <>
                <span>
                  {preset.name} <span className="soft small">{presetWords(preset)}</span>
                </span>
                <span className="cluster">
                  <Button variant="quiet" onClick={() => setRenaming(preset.name)}>
                    Rename <span className="visually-hidden">{preset.name}</span>
                  </Button>
                  <Button
                    variant="quiet"
                    onClick={() => {
                      own.remove(preset.name)
                      setDeleted(preset)
                      announce(`“${preset.name}” is deleted. You can undo this.`)
                      heading.current?.focus()
                    }}
                  >
                    Delete <span className="visually-hidden">{preset.name}</span>
                  </Button>
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
      {deleted !== undefined && !presets.some(({ name }) => isSameName(name, deleted.name)) && (
        <p>
          “{deleted.name}” is deleted.{' '}
          <Button
            variant="quiet"
            onClick={() => {
              own.add(deleted)
              setDeleted(undefined)
              heading.current?.focus()
            }}
          >
            Undo
          </Button>
        </p>
      )}
      <div className="cluster">
        <Button variant="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  )
}

interface RenameProps {
  readonly preset: HistoryPreset
  readonly others: readonly HistoryPreset[]
  readonly onRename: (to: string) => void
  readonly onCancel: () => void
}

function Rename({ preset, others, onRename, onCancel }: RenameProps) {
  const { chart } = useWork()
  const [name, setName] = useState(preset.name)
  const [problem, setProblem] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  return (
    <form
      className="stack"
      aria-label={`Rename ${preset.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        const wrong = nameProblem(name, others, chart.patient)
        setProblem(wrong)
        if (wrong === undefined) onRename(name.trim())
        else field.current?.focus()
      }}
    >
      <Field id="mh-rename" label="New name" error={problem}>
        {(control) => (
          <input
            {...control}
            ref={field}
            value={name}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <div className="cluster">
        <Button type="submit">Rename</Button>
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
