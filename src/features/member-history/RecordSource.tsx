import { useState } from 'react'
import { codeName } from '../../domain/fhir/code-words'
import type { HistoryRecord } from '../../domain/pdex/record'
import { withoutAmounts } from '../../domain/pdex/record-amounts'
import { Button, Disclosure, type Fact, Facts, formatDate } from '../../ui'
import { EventNote, EventReason } from './EventNote'
import { JsonView } from './JsonView'
import { originWords } from './reading-words'

/** Where a record comes from, and exactly what was sent. Made when it is first looked at: a thousand of them would be slow. */
export function RecordSource({ record }: { readonly record: HistoryRecord }) {
  const [open, setOpen] = useState(false)
  const [withMoney, setWithMoney] = useState(false)
  const bare = open ? withoutAmounts(record.resource) : record.resource
  const hasAmounts = bare !== record.resource
  return (
    <div className="small">
      <EventReason of={record.key} />
      <Disclosure summary="Details" onToggle={setOpen}>
        {open && (
          <>
            <EventNote of={record.key} />
            <Facts items={originFacts(record)} />
            {hasAmounts && (
              <p>
                {withMoney ? 'With amounts of money.' : 'Amounts of money are left out.'}{' '}
                <Button variant="quiet" onClick={() => setWithMoney(!withMoney)}>
                  {withMoney ? 'Leave amounts out' : 'Show amounts'}
                </Button>
              </p>
            )}
            <Disclosure summary="The record as it was sent" open={withMoney}>
              <JsonView value={withMoney ? record.resource : bare} />
            </Disclosure>
          </>
        )}
      </Disclosure>
    </div>
  )
}

/** Longer than the three lines that a row shows of it. */
const LONG = 80

function originFacts({ display, provenance }: HistoryRecord): readonly Fact[] {
  const { origin, sourceFormat, author, transmitter, chain, recorded } = provenance
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['In full', display.detail !== undefined && display.detail.length > LONG ? display.detail : undefined],
    ['Codes', display.codes.map(codeName).join(', ') || undefined],
    ['Source', sourceFormat === undefined ? originWords[origin] : `${originWords[origin]} (${sourceFormat})`],
    ['Author', author],
    ['Handed on by', chain?.join(', then ') ?? transmitter],
    ['Source recorded', recorded && formatDate(recorded)],
  ]
  return facts.flatMap(([term, value]) => (value === undefined ? [] : [{ term, value }]))
}
