import { describe, expect, it } from 'vitest'
import { lineOf } from './kept-lines'
import type { Kept } from './kept-search'

const entry = (kind: string, content: object, over: Partial<Kept> = {}): Kept => ({
  seq: 7,
  at: 5,
  kind,
  invocation: 'i',
  payer: 'acme',
  user: 'issuer user-1',
  content: JSON.stringify(content),
  ...over,
})
const of = (...entries: readonly Kept[]) => lineOf({ id: 'i', seq: 7, entries }, [])

describe('a line of the log', () => {
  it.each([
    ['a look', entry('looked', { looked: 'search' }, { payer: '' }), 'look', 'search'],
    ['a removal', entry('removed', { before: '2026-01-01' }, { payer: '' }), 'removal', '2026-01-01'],
    [
      'feedback',
      entry('asked', { url: 'https://a/cds-services/x/feedback' }),
      'request',
      'https://a/cds-services/x/feedback',
    ],
    [
      'member history',
      entry('asked', { method: 'GET', url: 'https://a/fhir/Patient/1' }),
      'request',
      'https://a/fhir/Patient/1',
    ],
    [
      'a question that cannot be read',
      entry('asked', { url: 'u', body: '{' }, { hookInstance: 'h', patient: 'https://e/Patient/1' }),
      'request',
      'u',
    ],
  ])('says what it is: %s', (_, kept, kind, detail) => {
    expect(of(kept)).toMatchObject({ kind, detail, who: 'issuer user-1' })
  })

  it('counts what the payer read, and calls a payer that is no longer set up by its id', () => {
    const asked = entry(
      'asked',
      { url: 'u', body: JSON.stringify({ hookInstance: 'h' }) },
      { hookInstance: 'h', patient: 'https://e/Patient/1' },
    )
    const line = of(
      asked,
      entry('read', {}),
      entry('read', {}),
      entry('answered', { status: 200, body: '{"cards":[]}' }),
    )
    expect(line).toMatchObject({ kind: 'question', reads: 2, payerName: 'acme' })
    expect(line?.entry).toMatchObject({ outcome: 'silent', chart: 'https://e', patientId: '1' })
  })

  it('is none where nothing is left of it', () => {
    expect(of()).toBeUndefined()
  })
})
