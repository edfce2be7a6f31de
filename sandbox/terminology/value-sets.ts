import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadValueSets, type ShippedValueSet } from '../fhir'

const DATA = fileURLToPath(new URL('../data', import.meta.url))

type Concept = ShippedValueSet['concepts'][number]

const keyOf = ({ system, code }: Concept): string => `${system}|${code}`

/** Two lists as one, each code once. */
function joined(own: ShippedValueSet, more: ShippedValueSet | undefined): ShippedValueSet {
  const known = new Set(own.concepts.map(keyOf))
  const further = (more?.concepts ?? []).filter((concept) => !known.has(keyOf(concept)))
  return { ...own, concepts: [...own.concepts, ...further] }
}

/** What the terminology service knows: the EHR's own lists, under the same canonicals, and the further codes of `data/terminology`. */
export function widerValueSets(): readonly ShippedValueSet[] {
  const further = loadValueSets(join(DATA, 'terminology'))
  return loadValueSets(join(DATA, 'ehr', 'valuesets')).map((own) =>
    joined(
      own,
      further.find(({ url }) => url === own.url),
    ),
  )
}
