import { type FhirJson, objects, text } from '../../domain/json'
import { formatDate } from '../../ui'

/** What the chart says of a coverage besides its name: "preferred provider organization policy · through a parent · since 01-Jan-2024". */
export function coverageLine(coverage: FhirJson, name: string): string {
  const group = objects(coverage, 'class').find(({ type }) =>
    objects(type, 'coding').some(({ code }) => code === 'group'),
  )
  const start = text(coverage, 'period', 'start')
  const end = text(coverage, 'period', 'end')
  return [
    text(coverage, 'type', 'text') ?? text(coverage, 'type', 'coding', 0, 'display'),
    groupWords(group),
    throughWhom(text(coverage, 'relationship', 'coding', 0, 'code')),
    start && `since ${formatDate(start)}`,
    end && `until ${formatDate(end)}`,
  ]
    .filter((part) => part !== undefined && part !== '' && part !== name)
    .join(' · ')
}

function groupWords(group: unknown): string | undefined {
  const words = text(group, 'name') ?? text(group, 'value')
  return words === undefined ? undefined : `group ${words}`
}

/** Whose insurance it is, where it is not the patient's own: people bring that person's card. */
function throughWhom(code: string | undefined): string | undefined {
  switch (code) {
    case undefined:
    case 'self':
      return undefined
    case 'child':
      return 'through a parent'
    case 'spouse':
      return 'through the spouse'
    case 'parent':
      return 'through a child'
    default:
      return 'through somebody else'
  }
}
