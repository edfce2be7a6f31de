import { type FhirJson, text } from '../json'

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** Longer narratives are mostly markup: what is beyond is not looked at. */
const READ = 100_000

/**
 * The words of a resource's narrative, for where nothing else says what it is. Text alone comes out: no markup, nothing of scripts and
 * styles. Undefined where there is none, or where it is generated from the elements that are read anyway.
 */
export function narrativeText(resource: FhirJson): string | undefined {
  const div = text(resource, 'text', 'div')
  if (div === undefined || text(resource, 'text', 'status') === 'empty') return undefined
  const words = div
    .slice(0, READ)
    .replaceAll(/<!--[\s\S]*?(-->|$)/g, ' ')
    .replaceAll(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
    // Ends of blocks part sentences that only the layout kept apart.
    .replaceAll(/<\/(p|div|li|tr|h\d|td|th|table|ul)\s*>|<br\s*\/?>/gi, '; ')
    .replaceAll(/<[^>]*(>|$)/g, '')
    .replaceAll(/&(#x?[0-9a-f]+|\w+);/gi, entity)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/( ?[;:]){2,}/g, (run) => (run.includes(':') ? ':' : ';'))
    .replaceAll(/^[\s;]+|[\s;]+$/g, '')
  return words === '' ? undefined : words
}

function entity(written: string, name: string): string {
  if (!name.startsWith('#')) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? written) : written
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return code > 31 && code < 0x110000 ? String.fromCodePoint(code) : ' '
}
