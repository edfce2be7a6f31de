import { at, isObject, type JsonObject, list, objects, text } from '../json'
import type { CodeChoice } from '../ports'
import { readAction, readEach } from './action'
import type { Card, CardLink, CardSource, Indicator, Suggestion, Unreadable } from './cds-response'
import { payerText, safeUrl } from './payer-text'

/** A card with what could not be read inside it. */
export interface ReadCard {
  readonly card: Card
  readonly unreadable: readonly Unreadable[]
}

/** Reads one card; a sentence where it has to be treated as an error. `path` is its place in the response. */
export function readCard(json: JsonObject, path: string): ReadCard | string {
  const summary = payerText(json.summary, 500)
  if (summary === undefined) return 'The card has no summary.'
  const behavior = json.selectionBehavior
  // CDS Hooks: an unknown selectionBehavior makes the card an error.
  if (behavior !== undefined && behavior !== null && behavior !== 'at-most-one' && behavior !== 'any')
    return 'The card says in an unknown way how its suggestions may be chosen.'
  const suggestions = readEach(list(json, 'suggestions'), `${path}.suggestions`, 50, readSuggestion)
  const links = readEach(list(json, 'links'), `${path}.links`, 50, readLink)
  const uuid = text(json, 'uuid')
  const detail = payerText(json.detail, 50_000)
  return {
    unreadable: [...misplacedIn(json, path), ...suggestions.unreadable, ...links.unreadable],
    card: {
      key: uuid ?? path,
      ...(uuid !== undefined && { uuid }),
      summary,
      indicator: readIndicator(json.indicator),
      ...(detail !== undefined && { detail }),
      source: readSource(json),
      suggestions: uniqueKeys(suggestions.found),
      // Required with suggestions, yet often missing: the narrower of the two then.
      ...(suggestions.found.length > 0 && {
        selectionBehavior: behavior === 'any' ? ('any' as const) : ('at-most-one' as const),
      }),
      links: links.found,
      overrideReasons: objects(json, 'overrideReasons').flatMap((reason) => readCoding(reason) ?? []),
      about: readAbout(json),
    },
  }
}

/** Parts that are there and are not what they should be read as absent: so they are told (U6). */
function misplacedIn(json: JsonObject, path: string): readonly Unreadable[] {
  const isThere = (name: string): boolean => json[name] !== undefined && json[name] !== null
  const lists = (['suggestions', 'links', 'overrideReasons'] as const).filter(
    (name) => isThere(name) && !Array.isArray(json[name]) && !isObject(json[name]),
  )
  return [
    ...lists.map((name) => ({ path: `${path}.${name}`, reason: 'This is not a list.' })),
    ...(isThere('detail') && typeof json.detail !== 'string'
      ? [{ path: `${path}.detail`, reason: 'The text of a message is no text.' }]
      : []),
  ]
}

/** Items whose payer-given keys repeat get their position added, so that each key stands for one. */
export function uniqueKeys<T extends { readonly key: string }>(items: readonly T[]): readonly T[] {
  const seen = new Set<string>()
  return items.map((item, index) => {
    const key = seen.has(item.key) ? `${item.key}#${index}` : item.key
    seen.add(key)
    return key === item.key ? item : { ...item, key }
  })
}

/** Unknown indicators read as a warning, so that they are not folded away; a missing one as info. */
function readIndicator(indicator: unknown): Indicator {
  switch (indicator) {
    case 'critical':
    case 'hard-stop':
      return 'critical'
    case 'info':
    case undefined:
    case null:
      return 'info'
    default:
      return 'warning'
  }
}

function readSource(json: JsonObject): CardSource {
  const url = text(json, 'source', 'url')
  const topic = readCoding(at(json, 'source', 'topic'))
  return {
    label: payerText(at(json, 'source', 'label'), 200) ?? 'Source not stated',
    ...(url !== undefined && safeUrl(url) && { url }),
    ...(topic && { topic }),
  }
}

function readSuggestion(json: JsonObject, path: string): Suggestion | string {
  const label = payerText(json.label, 500)
  if (label === undefined) return 'A suggestion has no label.'
  const actions = readEach(list(json, 'actions'), `${path}.actions`, 100, readAction)
  // Half a suggestion could mean something else than the whole: none of it is offered.
  const first = actions.unreadable[0]
  if (first !== undefined) return first.reason
  const uuid = text(json, 'uuid')
  return {
    key: uuid ?? path,
    ...(uuid !== undefined && { uuid }),
    label,
    isRecommended: json.isRecommended === true,
    actions: actions.found,
  }
}

function readLink(json: JsonObject): CardLink | string {
  const given = text(json, 'url')
  if (given === undefined || given.length > 4000) return 'A link has no usable address.'
  const safe = safeUrl(given)
  const appContext = text(json, 'appContext')
  return {
    label: payerText(json.label, 500) ?? safe?.host ?? 'Link without a label',
    kind: json.type === 'smart' ? 'smart' : 'absolute',
    given,
    ...(safe && { href: safe.href, host: safe.host }),
    ...(appContext !== undefined && { appContext }),
  }
}

/** A Coding with a code or a display. */
export function readCoding(json: unknown): CodeChoice | undefined {
  const code = payerText(at(json, 'code'), 200)
  const display = payerText(at(json, 'display'), 500)
  if (code === undefined && display === undefined) return undefined
  return { system: text(json, 'system') ?? '', code: code ?? '', display: display ?? '' }
}

/** The key of CRD 1.1 and that of 2.x, each with strings or with References: all four are in use (crd-facts A3). */
function readAbout(json: JsonObject): readonly string[] {
  const found = ['davinci-crd.associated-resource', 'davinci-associated-resource'].flatMap((key) => {
    const given = at(json, 'extension', key)
    const items = typeof given === 'string' ? [given] : list(given)
    return items.flatMap((item) => text(item) ?? text(item, 'reference') ?? [])
  })
  return [...new Set(found)]
}
