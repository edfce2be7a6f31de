type JsonObject = Readonly<{ [name: string]: unknown }>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export interface CardLink {
  readonly label: string
  readonly url: string
  readonly type: 'absolute' | 'smart'
  readonly appContext?: string
}

/** A CDS Hooks card as this EHR shows it. */
export interface Card {
  readonly summary: string
  readonly detail?: string
  readonly indicator: 'info' | 'warning' | 'critical'
  readonly source: string
  readonly links: readonly CardLink[]
}

/** http and https only: a card must not bring a script into the page. */
function readLink(value: unknown): readonly CardLink[] {
  if (!isObject(value)) return []
  const url = text(value.url)
  if (url === undefined || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return []
  const appContext = text(value.appContext)
  return [
    {
      label: text(value.label) ?? url,
      url,
      type: value.type === 'smart' ? 'smart' : 'absolute',
      ...(appContext === undefined ? {} : { appContext }),
    },
  ]
}

function readIndicator(value: unknown): Card['indicator'] {
  return value === 'warning' || value === 'critical' ? value : value === 'hard-stop' ? 'critical' : 'info'
}

function readCard(value: unknown): Card | undefined {
  if (!isObject(value)) return undefined
  const summary = text(value.summary)
  if (summary === undefined) return undefined
  const detail = text(value.detail)
  return {
    summary,
    ...(detail === undefined ? {} : { detail }),
    indicator: readIndicator(value.indicator),
    source: (isObject(value.source) && text(value.source.label)) || 'Not named',
    links: Array.isArray(value.links) ? value.links.flatMap(readLink) : [],
  }
}

/** The cards of a hook response, and how many could not be read. Anything that is no response has none. */
export function readCards(response: unknown): {
  readonly cards: readonly Card[]
  readonly unreadable: number
} {
  const list = isObject(response) && Array.isArray(response.cards) ? response.cards : []
  const cards = list.flatMap((value) => readCard(value) ?? [])
  return { cards, unreadable: list.length - cards.length }
}
