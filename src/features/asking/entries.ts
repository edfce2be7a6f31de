import type { Party } from '../../domain/crd/scenario'
import { at, objects, text } from '../../domain/json'
import type { CodeChoice } from '../../domain/ports'

/** A person, organization or place: words, and the chart's resource where one was chosen. */
export interface PartyEntry {
  readonly text: string
  readonly reference: string | null
  /** NPI, where the chart has one. */
  readonly npi?: string
}

const NPI = 'http://hl7.org/fhir/sid/us-npi'

export const NOBODY: PartyEntry = { text: '', reference: null }

/** As a question names it; undefined where nothing was entered. */
export function partyOf(entry: PartyEntry): Party | undefined {
  const display = entry.text.trim()
  const { reference, npi } = entry
  if (reference !== null)
    return { reference, display, ...(npi !== undefined && { identifier: { system: NPI, value: npi } }) }
  return display === '' ? undefined : { display }
}

/** Reading a form kept over a new launch, where storage is not trusted: an empty entry for what cannot be read. */
export function readParty(kept: unknown, ...path: readonly string[]): PartyEntry {
  const npi = text(kept, ...path, 'npi')
  return {
    text: text(kept, ...path, 'text') ?? '',
    reference: text(kept, ...path, 'reference') ?? null,
    ...(npi !== undefined && { npi }),
  }
}

/** A resource's NPI; undefined where it has none. */
export const npiOf = (resource: unknown): string | undefined =>
  objects(resource, 'identifier').flatMap((each) =>
    each.system === NPI ? (text(each, 'value') ?? []) : [],
  )[0]

/** A text, number or boolean as text; empty where there is none. */
export function textIn(kept: unknown, ...path: readonly string[]): string {
  const value = at(kept, ...path)
  return typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : ''
}

/** Codes with a system; others are left out. */
export const readCodes = (kept: unknown, ...path: readonly string[]): readonly CodeChoice[] =>
  objects(kept, ...path).flatMap((each) => {
    const [system, code] = [text(each, 'system'), text(each, 'code')]
    return system === undefined || code === undefined
      ? []
      : [{ system, code, display: text(each, 'display') ?? code }]
  })
