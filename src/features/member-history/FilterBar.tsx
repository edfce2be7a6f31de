import { Button, Field, formatDate } from '../../ui'
import { isFiltering, noFilter, type RecordFilter } from './record-filter'

interface Props {
  readonly filter: RecordFilter
  readonly hidden: number
  /** Day of the patient's last visit here; absent where the chart has none or was not read. */
  readonly lastVisit?: string | undefined
  readonly onFilter: (filter: RecordFilter) => void
}

/** Words and period. It changes what is shown, never what is selected (U12). */
export function FilterBar({ filter, hidden, lastVisit, onFilter }: Props) {
  return (
    <search className="mh-filter">
      <Field id="mh-words" label="Filter" hint="Words or a code, in any order">
        {(control) => (
          <input
            {...control}
            type="search"
            value={filter.words}
            autoComplete="off"
            onChange={(event) => onFilter({ ...filter, words: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field id="mh-from" label="From">
        {(control) => (
          <input
            {...control}
            type="date"
            value={filter.from}
            onChange={(event) => onFilter({ ...filter, from: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field id="mh-to" label="To">
        {(control) => (
          <input
            {...control}
            type="date"
            value={filter.to}
            onChange={(event) => onFilter({ ...filter, to: event.currentTarget.value })}
          />
        )}
      </Field>
      {lastVisit !== undefined && filter.from !== lastVisit && (
        <p className="mh-since">
          <Button variant="quiet" onClick={() => onFilter({ ...filter, from: lastVisit, to: '' })}>
            Since the last visit here, {formatDate(lastVisit)}
          </Button>
        </p>
      )}
      {isFiltering(filter) && (
        <p className="mh-hidden" role="status">
          {hidden} hidden{' '}
          <Button variant="quiet" onClick={() => onFilter(noFilter)}>
            Clear filter
          </Button>
        </p>
      )}
    </search>
  )
}
