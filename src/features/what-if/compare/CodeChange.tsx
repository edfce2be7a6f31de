import { type CodeEntry, CodeSearch } from '../../asking/CodeSearch'
import { distinct, itemsOfOtherKinds, itemsOfPresets, type OrderItem } from '../../asking/order-item'
import { kindOfOrder, VISIT_SYSTEMS } from '../../asking/order-kinds'
import { TypedCodeLater } from '../../asking/TypedCodeLater'
import { useWork } from '../../work'
import { VISIT_TYPES, VISIT_VALUE_SET } from '../about/visit-types'
import type { Change } from './change'

type OfCode = Extract<Change, { readonly entry: CodeEntry }>

interface Props {
  readonly id: string
  readonly change: OfCode
  /** Besides the site's presets. */
  readonly near: readonly OrderItem[]
  readonly onChange: (change: OfCode) => void
}

/** Another code: searched as in the form, presets first. What is of another kind of order brings its kind along. */
export function CodeChange({ id, change, near, onChange }: Props) {
  const { presets } = useWork().site
  const kind = change.aspect === 'what' ? change.kind : 'ServiceRequest'
  const row = kindOfOrder(kind)
  const isVisit = change.aspect === 'visit-what'
  const take = (entry: CodeEntry) => {
    if (change.aspect !== 'what' || entry.item?.kind === undefined) return onChange({ ...change, entry })
    const { kind: other, ...item } = entry.item
    onChange({ ...change, kind: other, entry: { text: entry.text, item } })
  }
  return (
    <>
      <CodeSearch
        id={id}
        label={isVisit ? 'Kind of visit' : change.aspect === 'what' ? row.what : 'Appointment for'}
        hint={isVisit ? 'For example: check-up, follow-up, hospital admission' : row.hint}
        subject={
          isVisit
            ? { key: 'visit', valueSets: [VISIT_VALUE_SET] }
            : { key: kind, valueSets: [...presets.valueSets[kind], ...row.valueSets] }
        }
        value={change.entry}
        onChange={take}
        near={isVisit ? VISIT_TYPES : distinct([...near, ...itemsOfPresets(kind, presets.orders)])}
        elsewhere={change.aspect === 'what' ? itemsOfOtherKinds(kind, presets.orders) : []}
      />
      <TypedCodeLater
        id={`${id}-typed`}
        summary="Enter a code yourself"
        systems={isVisit ? VISIT_SYSTEMS : row.systems}
        onUse={(item) => take({ text: item.label, item })}
      />
    </>
  )
}
