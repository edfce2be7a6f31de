import { type ReactNode, useRef, useState } from 'react'
import type { HistoryPreset } from '../../domain/pdex/preset'
import { Button, useAnnounce } from '../../ui'
import { useWork } from '../work'
import { filterOf, isPreset, namedPresets } from './filter-presets'
import { PresetList } from './PresetList'
import { PresetSave } from './PresetSave'
import { isFiltering, noFilter, type RecordFilter } from './record-filter'
import { useOwnPresets } from './use-own-presets'

interface Props {
  readonly filter: RecordFilter
  readonly onFilter: (filter: RecordFilter) => void
  /** What stands before them. */
  readonly children?: ReactNode
}

/** Filters under a name, one press each (PDex §65): the organization's, then the user's own, which can be kept, renamed and deleted. */
export function PresetBar({ filter, onFilter, children }: Props) {
  const announce = useAnnounce()
  const { site } = useWork()
  const own = useOwnPresets()
  const [panel, setPanel] = useState<'save' | 'list'>()
  const opener = useRef<HTMLButtonElement>(null)
  const bar = useRef<HTMLUListElement>(null)
  const saver = useRef<HTMLButtonElement>(null)
  const presets = own.presets ?? []
  const apply = (preset: HistoryPreset): void => {
    const isOn = isPreset(preset, filter)
    onFilter(isOn ? { ...noFilter, ...(filter.own && { own: filter.own }) } : filterOf(preset, filter))
    announce(isOn ? 'Everything is shown.' : `Filter “${preset.name}” is applied.`)
  }
  const close = (back: HTMLButtonElement | null): void => {
    setPanel(undefined)
    // The button may go away with the last filter.
    if (back !== null && (back !== opener.current || presets.length > 0)) back.focus()
    else bar.current?.focus()
  }
  return (
    <div className="stack mh-presets">
      <ul className="plain cluster" aria-label="Filters under a name" ref={bar} tabIndex={-1}>
        {children !== undefined && children !== false && <li>{children}</li>}
        {namedPresets(site.memberHistory?.presets, presets).map(({ key, preset }) => (
          <li key={key}>
            <Button aria-pressed={isPreset(preset, filter)} onClick={() => apply(preset)}>
              {preset.name}
            </Button>
          </li>
        ))}
        {isFiltering(filter) && own.presets !== undefined && (
          <li>
            <button
              type="button"
              className="button"
              data-variant="quiet"
              ref={saver}
              aria-expanded={panel === 'save'}
              onClick={() => setPanel(panel === 'save' ? undefined : 'save')}
            >
              Save this filter as…
            </button>
          </li>
        )}
        {(presets.length > 0 || panel === 'list') && (
          <li>
            <button
              type="button"
              className="button"
              data-variant="quiet"
              ref={opener}
              aria-expanded={panel === 'list'}
              onClick={() => setPanel(panel === 'list' ? undefined : 'list')}
            >
              Change my filters
            </button>
          </li>
        )}
      </ul>
      {panel === 'save' && (
        <PresetSave
          filter={filter}
          others={[...(site.memberHistory?.presets ?? []), ...presets]}
          isKept={own.isKept}
          onCancel={() => close(saver.current)}
          onSave={(preset) => {
            own.add(preset)
            announce(`Filter “${preset.name}” is saved.`)
            close(saver.current)
          }}
        />
      )}
      {panel === 'list' && (
        <PresetList
          own={own}
          presets={presets}
          others={site.memberHistory?.presets ?? []}
          onClose={() => close(opener.current)}
        />
      )}
    </div>
  )
}
