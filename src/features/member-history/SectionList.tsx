import { useMemo } from 'react'
import { SECTION_TITLES } from '../../domain/fhir/section'
import { EmptySections } from './EmptySections'
import { RecordSection } from './RecordSection'
import type { RecordsProps } from './RecordsStep'
import { emptySentence, sectionTypes } from './reading-words'
import { groupBySection, NO_RECORDS, type SectionRecords } from './sections'
import type { Judged } from './use-judgement'

export interface SectionListProps
  extends Pick<RecordsProps, 'member' | 'snapshot' | 'selection' | 'onToggle' | 'onToggleGroup'> {
  readonly sections: readonly SectionRecords[]
  readonly judged: Judged | undefined
}

/** The records by clinical section; below them why the others are empty. */
export function SectionList({ member, snapshot, sections, judged, ...rest }: SectionListProps) {
  const payerName = member.payer.name
  const chartOnly = useMemo(() => groupBySection(judged?.onlyChart ?? NO_RECORDS), [judged])
  return (
    <>
      {sections
        .filter(({ section, all }) => all > 0 || chartOnly.has(section))
        .map(({ section, all, shown }) => (
          <RecordSection
            {...rest}
            key={section}
            name={SECTION_TITLES[section]}
            payerName={payerName}
            records={shown}
            total={all}
            chartOnly={chartOnly.get(section) ?? NO_RECORDS}
            judged={judged}
            empty={
              all > 0
                ? `No record here matches the filter; ${all} hidden.`
                : emptySentence(
                    section,
                    SECTION_TITLES[section],
                    snapshot.types.filter(({ type }) => sectionTypes[section].includes(type)),
                    payerName,
                  )
            }
          />
        ))}
      <EmptySections
        sections={sections
          .filter(({ section, all }) => all === 0 && !chartOnly.has(section))
          .map(({ section }) => section)}
        types={snapshot.types}
        payerName={payerName}
      />
    </>
  )
}
