import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { complaintsAbout } from '../fhir'
import { loadStore, membersIn } from './fhir-api'
import { loadPayer } from './payer'

const ROOT = fileURLToPath(new URL('../data', import.meta.url))

describe.each(['acme', 'borealis'] as const)('the member data of %s', (name) => {
  const payer = loadPayer(ROOT, name)
  const store = loadStore(payer, [`${payer.folder}/members`], () => new Date())
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
    expect(ids).toContain(name === 'acme' ? 'AH56712348' : 'BM7781-03')
  })
})
