import type { Person, Plan } from './people'

/** How many people there are whom every payer knows; a busy day has no more. */
export const CROWD = 240

const FAMILIES = [
  'Abbott',
  'Bautista',
  'Castillo',
  'Dvořák',
  'Ellison',
  'Farah',
  'Guerrero',
  'Hossain',
  'Iyer',
  'Jensen',
  'Kowalczyk',
  'Laurent',
  'Mbeki',
  'Nakamura',
  'Oyelaran',
  'Peralta',
]

const GIVEN = [
  ['Ada', 'female'],
  ['Bruno', 'male'],
  ['Carmen', 'female'],
  ['Darius', 'male'],
  ['Esther', 'female'],
  ['Felix', 'male'],
  ['Gloria', 'female'],
  ['Hamid', 'male'],
  ['Inés', 'female'],
  ['Joel', 'male'],
  ['Kavya', 'female'],
  ['León', 'male'],
  ['Mira', 'female'],
  ['Nils', 'male'],
  ['Odette', 'female'],
] as const

const two = (n: number): string => String(n).padStart(2, '0')
const three = (n: number): string => String(n).padStart(3, '0')

/** Member numbers of the crowd: another at each payer. */
const numberAt = (payer: Plan['payer'], n: number): string =>
  `${payer.slice(0, 2).toUpperCase()}8${three(n)}-01`

/** The nth of the crowd (from 1), always the same: `crowd-001` …, insured with this payer; without one for `none`. */
export function crowdPerson(n: number, payer: Plan['payer'] | 'none'): Person {
  const [given, gender] = GIVEN[n % GIVEN.length] ?? GIVEN[0]
  return {
    id: `crowd-${three(n)}`,
    family: FAMILIES[n % FAMILIES.length] ?? 'Abbott',
    given,
    gender,
    born: `${1940 + ((n * 7) % 70)}-${two((n % 12) + 1)}-${two((n % 28) + 1)}`,
    language: n % 5 === 0 ? 'es' : 'en',
    plans: payer === 'none' ? [] : [{ payer, ...(payer === 'self' ? {} : { number: numberAt(payer, n) }) }],
  }
}
