import { useMemo, useState } from 'react'
import type { HistoryRecord } from '../../domain/pdex/record'
import { type KnownParty, knownParties, PARTY_KINDS, type PartyKind } from '../../domain/pdex/record-parties'
import { Field } from '../../ui'
import { partyName } from './filter-rule'
import type { RecordFilter } from './record-filter'
import type { FilterSetting } from './use-filter-rule'

interface Props {
  readonly filter: RecordFilter
  readonly setting: FilterSetting
  readonly records: readonly HistoryRecord[]
  readonly onFilter: (filter: RecordFilter) => void
}

const kindTitles: Readonly<Record<PartyKind, string>> = {
  organization: 'Organizations',
  practitioner: 'People',
  location: 'Places',
}

/** More are found by their name. */
const AT_ONCE = 12

/** Those who occur in the records, to hide or to show alone (PDex facts 5): by NPI, then identifier, then the exact name. */
export function FilterParties({ filter, setting, records, onFilter }: Props) {
  const { partiesOf } = setting.world
  const [find, setFind] = useState('')
  const all = useMemo(() => knownParties(records.map(partiesOf)), [records, partiesOf])
  const isChosen = ({ key }: KnownParty): boolean => filter.parties.some((one) => one.key === key)
  const wanted = find.trim().toLowerCase()
  const toggle = (one: KnownParty): void =>
    onFilter({
      ...filter,
      parties: isChosen(one) ? filter.parties.filter(({ key }) => key !== one.key) : [...filter.parties, one],
    })
  return (
    <fieldset className="stack">
      <legend>By whom and where</legend>
      <div className="cluster">
        {(['hide', 'only'] as const).map((mode) => (
          <label className="check" key={mode}>
            <input
              type="radio"
              name="mh-party-mode"
              checked={filter.partyMode === mode}
              onChange={() => onFilter({ ...filter, partyMode: mode })}
            />
            {mode === 'hide' ? 'Hide the ticked' : 'Show only the ticked'}
          </label>
        ))}
      </div>
      {all.length > AT_ONCE && (
        <Field id="mh-party" label="Find a name">
          {(control) => (
            <input
              {...control}
              type="search"
              autoComplete="off"
              value={find}
              onChange={(event) => setFind(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      {all.length === 0 && <p className="field-hint">The records name nobody.</p>}
      {PARTY_KINDS.map((kind) => {
        const own = all.filter((one) => one.kind === kind)
        const found = own.filter((one) => partyName(one.party).toLowerCase().includes(wanted))
        const listed = found.filter((one, at) => at < AT_ONCE || isChosen(one))
        return own.length === 0 ? null : (
          <div key={kind}>
            <h3 className="label" id={`mh-party-${kind}`}>
              {kindTitles[kind]}
            </h3>
            <ul className="plain" aria-labelledby={`mh-party-${kind}`}>
              {listed.map((one) => (
                <li key={one.key}>
                  <label className="check">
                    <input type="checkbox" checked={isChosen(one)} onChange={() => toggle(one)} />
                    <span>
                      {partyName(one.party)} <span className="soft small">{one.count}</span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
            {found.length === 0 && <p className="field-hint">Nobody of this name.</p>}
            {found.length > listed.length && (
              <p className="field-hint">{found.length - listed.length} more: type a part of the name.</p>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
