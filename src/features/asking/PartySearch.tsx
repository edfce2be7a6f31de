import { useQuery } from '@tanstack/react-query'
import { type FhirJson, objects, text } from '../../domain/json'
import type { EhrPort } from '../../domain/ports'
import { useWork } from '../work'
import { Combo } from './Combo'
import { npiOf, type PartyEntry } from './entries'
import { ONCE } from './once'
import { useRested } from './use-rested'

interface Found {
  readonly reference: string
  readonly name: string
  readonly about: string
  readonly npi?: string
}

type PartyType = 'Practitioner' | 'Organization' | 'Location'

interface Props {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly optional?: boolean
  readonly types: readonly PartyType[]
  readonly value: PartyEntry
  readonly onChange: (value: PartyEntry) => void
  /** What stands below a choice; absent: that it is from the chart. */
  readonly chosenHint?: string
}

/** A name that is free to type; from three letters on the chart's people and organizations of that name are offered. */
export function PartySearch(props: Props) {
  const { id, label, hint, error, optional, types, value, onChange, chosenHint = 'From the chart' } = props
  const { ports, session } = useWork()
  const filter = useRested(value.reference === null ? value.text.trim() : '', 250)
  const enabled = filter.length >= 3
  const query = useQuery({
    queryKey: ['asking', session.key, 'parties', types.join(), filter],
    queryFn: ({ signal }) => findParties(ports.ehr, types, filter, signal),
    enabled,
    ...ONCE,
  })
  const found = enabled ? (query.data?.found ?? []) : []
  const failed = enabled && query.data?.failed === true
  const chosen: Found | null =
    value.reference === null ? null : { reference: value.reference, name: value.text, about: chosenHint }
  return (
    <Combo
      id={id}
      label={label}
      hint={hint}
      error={error}
      optional={optional ?? false}
      text={value.text}
      selected={chosen}
      items={found}
      labelOf={(party) => party.name}
      describe={(party) => party.about}
      keyOf={(party) => party.reference}
      onChange={(name, party) =>
        onChange({
          text: name,
          reference: party?.reference ?? null,
          ...(party?.npi !== undefined && { npi: party.npi }),
        })
      }
      searching={enabled && query.isPending}
      emptyText={
        failed ? '' : enabled ? 'Nobody of that name in the chart.' : 'Type at least 3 letters of the name.'
      }
    >
      {failed && (
        <p className="wi-warn" role="status">
          {session.ehrName} could not be searched for this name.
        </p>
      )}
    </Combo>
  )
}

async function findParties(ehr: EhrPort, types: readonly PartyType[], name: string, signal: AbortSignal) {
  const pages = await Promise.all(
    types.map((type) =>
      ehr.search(
        type,
        [
          ['name', name],
          ['_count', '8'],
        ],
        { signal },
      ),
    ),
  )
  return {
    found: pages.flatMap((page) => (page.ok ? page.value.matches.flatMap(readParty) : [])),
    failed: pages.every((page) => !page.ok),
  }
}

function readParty(resource: FhirJson): readonly Found[] {
  if (resource.id === undefined) return []
  const npi = npiOf(resource)
  const known = {
    reference: `${resource.resourceType}/${resource.id}`,
    ...(npi !== undefined && { npi }),
  }
  if (resource.resourceType === 'Organization')
    return [{ ...known, name: text(resource, 'name') ?? 'Name not known', about: 'Organization' }]
  if (resource.resourceType === 'Location')
    return [{ ...known, name: text(resource, 'name') ?? 'Name not known', about: placeWords(resource) }]
  if (resource.resourceType !== 'Practitioner') return []
  return [{ ...known, name: practitionerName(resource), about: 'Practitioner' }]
}

/** "Place, Springfield". */
const placeWords = (resource: FhirJson): string =>
  ['Place', text(resource, 'address', 'city') ?? text(resource, 'partOf', 'display')]
    .filter((part) => part !== undefined)
    .join(', ')

/** A Practitioner's name in reading order; "Name not known" where there is none. */
export function practitionerName(resource: FhirJson): string {
  const names = objects(resource, 'name')
  const name = names.find((n) => n.use === 'official') ?? names[0]
  const parts = (key: string): string[] => {
    const list = Array.isArray(name?.[key]) ? (name[key] as unknown[]) : []
    return list.filter((part): part is string => typeof part === 'string' && part.trim() !== '')
  }
  const written = [...parts('prefix'), ...parts('given'), text(name, 'family') ?? '']
    .filter(Boolean)
    .join(' ')
  return written === '' ? (text(name, 'text') ?? 'Name not known') : written
}
