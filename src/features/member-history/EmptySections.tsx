import { SECTION_TITLES, type Section } from '../../domain/fhir/section'
import type { TypeProgress, TypeState } from '../../domain/pdex/history'
import { Panel } from '../../ui'
import { emptySentence, sectionTypes } from './reading-words'

interface Props {
  /** Those without any record. */
  readonly sections: readonly Section[]
  readonly types: readonly TypeProgress[]
  readonly payerName: string
}

const isUnderWay = ({ kind }: TypeState): boolean => kind === 'waiting' || kind === 'reading'

/** Why sections are empty, each in its own words: none recorded, not shared, not offered, not read (U11, U16). */
export function EmptySections({ sections, types, payerName }: Props) {
  const known = sections.flatMap((section) => {
    const own = types.filter(({ type }) => sectionTypes[section].includes(type))
    // What is still being read, or was not asked for, is told above, type by type.
    const isSkipped = own.every(({ state }) => state.kind === 'skipped')
    return isSkipped || own.some(({ state }) => isUnderWay(state)) ? [] : [{ section, own }]
  })
  const isOffered = ({ own }: (typeof known)[number]): boolean =>
    own.some(({ state }) => state.kind !== 'not-offered')
  const lines = known.filter(isOffered)
  const notOffered = known.filter((one) => !isOffered(one))
  if (lines.length + notOffered.length === 0) return null
  return (
    <Panel title="Sections without records">
      <ul className="mh-none">
        {lines.map(({ section, own }) => (
          <li key={section}>{emptySentence(section, SECTION_TITLES[section], own, payerName)}</li>
        ))}
        {notOffered.length > 0 && (
          <li>
            {payerName}'s service does not offer{' '}
            {notOffered.map(({ section }) => SECTION_TITLES[section].toLowerCase()).join(', ')}. That does not
            mean that there are none.
          </li>
        )}
      </ul>
    </Panel>
  )
}
