import { useMemo } from 'react'
import type { HistoryRecord } from '../../domain/pdex/record'
import { knownParties } from '../../domain/pdex/record-parties'
import { Field } from '../../ui'
import { useWork } from '../work'
import { partyName } from './filter-rule'
import type { RecordFilter } from './record-filter'
import type { FilterSetting } from './use-filter-rule'
import { type OwnState, useOwnOrganization } from './use-own-organization'
import { plural } from './words'

interface Props {
  readonly filter: RecordFilter
  readonly setting: FilterSetting
  readonly records: readonly HistoryRecord[]
  readonly onFilter: (filter: RecordFilter) => void
}

/** Leaves out what the user's own organization made (PDex §391), and says which one that is and by whose word. */
export function FilterOwn({ filter, setting, records, onFilter }: Props) {
  const { session } = useWork()
  const own = useOwnOrganization(true)
  return (
    <fieldset>
      <legend>My organization</legend>
      <label className="check">
        <input
          type="checkbox"
          aria-describedby="mh-own-hint"
          checked={filter.excludeOwnOrganization}
          onChange={(event) => onFilter({ ...filter, excludeOwnOrganization: event.currentTarget.checked })}
        />
        Hide what my organization made
      </label>
      <p className="field-hint" id="mh-own-hint">
        {ownWords(own, session.ehrName)}
      </p>
      {own.kind === 'unknown' && (
        <OwnChoice filter={filter} setting={setting} records={records} onFilter={onFilter} />
      )}
    </fieldset>
  )
}

function ownWords(state: OwnState, ehrName: string): string {
  if (state.kind === 'asking') return `Looking it up in ${ehrName}.`
  if (state.kind === 'unknown') return `${ehrName} does not say which organization is yours.`
  const names = state.own.parties.map(partyName).join(', ')
  return state.own.from === 'role'
    ? `${names}, by your role in ${ehrName}.`
    : `${names}, because it keeps this patient's chart in ${ehrName}.`
}

/** One of those who occur in the records. */
function OwnChoice({ filter, setting, records, onFilter }: Props) {
  const { partiesOf } = setting.world
  const organizations = useMemo(
    () => knownParties(records.map(partiesOf)).filter(({ kind }) => kind === 'organization'),
    [records, partiesOf],
  )
  return (
    <Field id="mh-own" label="Mine is">
      {(control) => (
        <select
          {...control}
          value={filter.own?.key ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const { own: _, ...rest } = filter
            const chosen = organizations.find(({ key }) => key === value)
            onFilter(chosen === undefined ? rest : { ...rest, own: chosen })
          }}
        >
          <option value="">Not chosen</option>
          {organizations.map(({ key, party, count }) => (
            <option key={key} value={key}>
              {partyName(party)} ({plural(count, 'record')})
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
