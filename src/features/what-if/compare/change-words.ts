import { formatDate } from '../../../ui'
import type { Change } from './change'
import { aspectLabel } from './offered-aspects'
import { textAspects } from './text-aspects'

/** "Place of service: Office". `coverageName`: of a Coverage's id. */
export const changeWords = (change: Change, coverageName: (id: string) => string): string =>
  `${aspectLabel(change.aspect)}: ${valueWords(change, coverageName)}`

function valueWords(change: Change, coverageName: (id: string) => string): string {
  if ('entry' in change) return change.entry.item?.label ?? stated(change.entry.text)
  if ('party' in change) return stated(change.party.text)
  const { text } = change
  const { control } = textAspects[change.aspect]
  if (control === 'coverage') return coverageName(text)
  if (control === 'date' && text !== '') return formatDate(text)
  if (typeof control === 'object')
    return control.find((choice) => choice.value === text)?.words ?? stated(text)
  return stated(text)
}

const stated = (value: string): string => (value.trim() === '' ? 'Not stated' : value.trim())
