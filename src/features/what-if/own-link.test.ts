import { expect, it } from 'vitest'
import type { CardLink } from '../../domain/crd/cds-response'
import { ownLink } from './own-link'

const link = (href: string, over: Partial<CardLink> = {}): CardLink => ({
  label: 'Open',
  kind: 'smart',
  given: href,
  href,
  ...over,
})

it.each([
  ['https://app.example/beforehand/', 'https://app.example/beforehand/'],
  ['https://app.example/beforehand', 'https://app.example/beforehand/index.html'],
  ['https://app.example/beforehand/index.html?x=1#y', 'https://app.example/beforehand/'],
  ['https://app.example/', 'https://app.example/'],
])('%s starts the app that is launched at %s', (href, base) => {
  expect(ownLink(link(href, { appContext: 'c' }), base)).toEqual({ appContext: 'c' })
})

it.each([
  ['another server', link('https://evil.example/beforehand/')],
  ['another port', link('https://app.example:8443/beforehand/')],
  ['another app of this server', link('https://app.example/other/')],
  ['an app below this one', link('https://app.example/beforehand/index.html/x')],
  ['no SMART link', link('https://app.example/beforehand/', { kind: 'absolute' })],
  [
    'an address that is not safe',
    { label: 'x', kind: 'smart', given: 'https://a@app.example/beforehand/' } as const,
  ],
])('%s does not', (_what, other) => {
  expect(ownLink(other, 'https://app.example/beforehand/')).toBeUndefined()
})
