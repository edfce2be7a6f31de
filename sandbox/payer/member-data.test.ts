import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { complaintsAbout } from '../fhir'
import { loadStore, membersIn } from './fhir-api'
import { loadPayer, payerNames } from './payer'

const ROOT = fileURLToPath(new URL('../data', import.meta.url))

const ROE: Readonly<Record<string, string>> = {
  acme: 'AH56712348',
  borealis: 'BM4410-22',
  cedar: 'CC4410-01',
  delta: 'DP4410-01',
  oddity: 'OD4410-01',
}

it('is there for every payer', () => {
  expect([...payerNames(ROOT)].sort()).toEqual(Object.keys(ROE))
})

describe.each(Object.entries(ROE))('the member data of %s', (name, roe) => {
  const payer = loadPayer(ROOT, name)
  const store = loadStore(payer, [`${payer.folder}/members`, `${payer.folder}/forms`], () => new Date())
  const resources = store.types().flatMap((type) => store.all(type))

  it('is valid R4', () => {
    const wrong = resources.flatMap((resource) =>
      complaintsAbout(resource).map(
        ({ diagnostics }) => `${resource.resourceType}/${resource.id}: ${diagnostics}`,
      ),
    )
    expect(wrong).toEqual([])
  })

  it('refers only to what is there', () => {
    const references = JSON.stringify(resources).matchAll(/"reference":"([A-Za-z]+)\/([^"]+)"/g)
    const dangling = [...references]
      .filter(([, type = '', id = '']) => !store.get(type, id))
      .map(([reference]) => reference)
    expect(dangling).toEqual([])
  })

  it('has members with ids of their own', () => {
    const ids = membersIn(store, payer).map(({ memberId }) => memberId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toContain(roe)
  })
})
