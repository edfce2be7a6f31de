import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FhirJson } from '../json'
import { bannerName, birthDate, comparePersons, personName, readPerson, withLatinName } from './person'

const patient = (content: object) => ({ resourceType: 'Patient', ...content })

describe('a person in words', () => {
  it.each<[string, object, string, string]>([
    [
      'official before usual',
      {
        name: [
          { use: 'usual', family: 'B' },
          { use: 'official', family: 'A', given: ['X', 'Y'] },
        ],
      },
      'X Y A',
      'A, X Y',
    ],
    [
      'usual before others',
      {
        name: [
          { use: 'nickname', text: 'N' },
          { use: 'usual', family: 'B' },
        ],
      },
      'B',
      'B',
    ],
    ['no former name', { name: [{ use: 'old', family: 'O' }, { family: 'N' }] }, 'N', 'N'],
    ['text alone', { name: [{ text: 'Jane Roe' }] }, 'Jane Roe', 'Jane Roe'],
    ['none', {}, 'Not known', 'Not known'],
  ])('is named: %s', (_, content, name, banner) => {
    expect(personName(patient(content))).toBe(name)
    expect(bannerName(patient(content))).toBe(banner)
  })

  it('has its medical record number, else another', () => {
    const other = { value: 'D1', type: { text: 'Licence' } }
    const mr = { value: 'M1', type: { coding: [{ code: 'MR' }] } }
    expect(readPerson(patient({ identifier: [other, mr] })).identifier).toEqual({ label: 'MRN', value: 'M1' })
    expect(readPerson(patient({ identifier: [other] })).identifier).toEqual({ label: 'Licence', value: 'D1' })
    expect(readPerson(patient({ identifier: [{ system: 'x' }] })).identifier).toBeUndefined()
  })

  const wei = { use: 'official', text: '王伟', family: '王', given: ['伟'] }
  it.each<[string, readonly object[], string | undefined]>([
    ['beside a name in another script', [wei, { use: 'usual', text: 'Wei Zhang' }], '王伟 (Wei Zhang)'],
    ['made of its parts', [wei, { family: 'Zhang', given: ['Wei'] }], '王伟 (Wei Zhang)'],
    ['not where it is a former one', [wei, { use: 'old', text: 'Wei Zhang' }], '王伟'],
    ['not where there is none', [wei], '王伟'],
    ['not beside Latin letters with accents', [{ family: 'Żółć' }, { text: 'Zofia' }], 'Żółć'],
    ['not for nobody', [], undefined],
  ])('shows the Latin name %s', (_, name, shown) => {
    const person = readPerson(patient({ name }))
    expect(withLatinName(person.listName, person)).toBe(shown)
  })

  it('never crashes', () => {
    const keys = fc.constantFrom('name', 'identifier', 'birthDate', 'gender')
    fc.assert(
      fc.property(fc.dictionary(keys, fc.anything()), (content) => {
        const person = patient(content)
        expect(personName(person)).not.toBe('')
        expect(comparePersons(person, person).length).toBeLessThan(4)
        expect(readPerson(person).birthDate).toBe(birthDate(person))
      }),
    )
  })
})

describe('comparePersons', () => {
  const jane = patient({ name: [{ family: 'Roe' }], birthDate: '1965-07-14', gender: 'female' })
  it.each<[string, object, readonly object[]]>([
    ['the same', {}, []],
    ['a gender not stated', { gender: undefined }, []],
    ['a gender unknown', { gender: 'unknown' }, []],
    ['another gender', { gender: 'male' }, [{ field: 'gender', chart: 'female', payer: 'male' }]],
    [
      'a partial birth date',
      { birthDate: '1965' },
      [{ field: 'birth date', chart: '14-Jul-1965', payer: '1965' }],
    ],
    ['no name', { name: [] }, [{ field: 'family name', chart: 'Roe', payer: 'Not stated' }]],
    ['letters without accents', { name: [{ family: 'ROÉ' }] }, []],
  ])('tells %s', (_, change, differences) => {
    expect(comparePersons(jane, { ...jane, ...change })).toEqual(differences)
  })

  it('takes two without a name for two people', () => {
    expect(comparePersons(patient({}), patient({})).map((d) => d.field)).toEqual([
      'family name',
      'birth date',
    ])
  })
})

it('reads the list of family names that DSTU2 has', () => {
  const person: FhirJson = {
    resourceType: 'Patient',
    name: [{ family: ['van', 'Marsh'], given: ['Rosalind'] }],
    birthDate: '1970-01-01',
  }
  expect([personName(person), bannerName(person)]).toEqual(['Rosalind van Marsh', 'van Marsh, Rosalind'])
  const payer: FhirJson = {
    resourceType: 'Patient',
    name: [{ family: 'van Marsh', given: ['Rosalind'] }],
    birthDate: '1970-01-01',
  }
  expect(comparePersons(person, payer)).toEqual([])
})
