import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { isCalendarDate, type Scenario } from '../../domain/crd/scenario'
import { type FieldError, formatDate } from '../../ui'
import type { AskedQuestion } from '../asking/asked-question'
import { type CoverageView, otherPayersOf, payerNameOf, viewCoverage } from '../asking/coverage-view'
import { dayOf } from '../asking/local-time'
import { ONCE } from '../asking/once'
import { useAskWorld } from '../asking/use-ask-world'
import { useWork } from '../work'
import { deskConfiguration } from './desk-configuration'
import { askedAs, deskErrors, deskScenario } from './desk-scenario'
import { type DeskValues, enteredId } from './desk-values'
import { withMemberId } from './member-id'
import { useHere } from './use-here'

/** The form of now as a question for the payers of this patient. */
export interface DeskQuestion {
  readonly scenario: Scenario
  readonly errors: readonly FieldError[]
  readonly asked: AskedQuestion
}

/** What the form makes of the chart: the coverage, whom it leads to, and the world in which the question is asked. */
export function useDeskQuestion(values: DeskValues) {
  const { session, site, ports } = useWork()
  const base = useAskWorld(deskConfiguration)
  const today = dayOf(ports.clock.now())
  const day = isCalendarDate(values.day) ? values.day : today
  const coverage = useQuery({
    queryKey: ['front-desk', session.key, 'coverage', day, values.coverageId],
    queryFn: async () => {
      const { readCoverageChoice } = await import('../../domain/crd/chart-coverage')
      const { patientId, fhirBase } = session
      const chosen = values.coverageId === '' ? {} : { coverageId: values.coverageId }
      return readCoverageChoice(
        { patientId, fhirBase, payers: site.payers, cds: ports.cds, dates: [day], ...chosen },
        base.cache,
      )
    },
    placeholderData: (last) => last,
    ...ONCE,
  })
  const view = viewCoverage(coverage.data, () => void coverage.refetch())
  const coverageId = chosenId(view)
  const memberId = enteredId(values)
  const world = useMemo(
    () =>
      memberId === '' || coverageId === undefined
        ? base
        : { ...base, cache: withMemberId(base.cache, coverageId, memberId) },
    [base, coverageId, memberId],
  )
  const here = useHere(values)
  const hereId = here !== undefined && 'id' in here ? here.id : undefined
  const facts = { ...session, site, ...(hereId !== undefined && { hereId }) }
  const question = useVersions((version) => questionOf(values, facts, version))
  const others = otherPayersOf(view)
  return {
    world,
    view,
    question,
    facts,
    here,
    today,
    payerName: payerNameOf(view),
    /** All who would be asked: each of them is told something about the patient. */
    payerNames: [payerNameOf(view), ...others.map(({ name }) => name)].join(' and '),
    asksOthers: others.length > 0,
  }
}

const chosenId = (view: CoverageView): string | undefined =>
  view.kind === 'read' && view.choice.kind !== 'none' ? view.choice.coverage.id : undefined

/** A question as it stands, for asking. */
export function questionOf(
  values: DeskValues,
  facts: Parameters<typeof deskScenario>[1],
  version = 0,
): DeskQuestion {
  const { site } = facts
  const scenario = { ...deskScenario(values, facts), version }
  const { what, day, where, who } = values
  const asked = askedAs(values, site)
  const memberId = enteredId(values)
  const service = what.item?.label ?? what.text.trim()
  const lines = [
    { label: 'Service', value: service },
    { label: 'Date', value: formatDate(day) },
    { label: 'Place', value: where.text },
    { label: asked === 'order' ? 'Ordered by' : 'With', value: who.text },
    { label: 'Member id, entered here', value: memberId },
  ]
  return {
    scenario,
    errors: deskErrors(values, scenario),
    asked: {
      key: JSON.stringify([{ ...scenario, version: 0 }, memberId]),
      scenarioVersion: version,
      title: [
        service,
        asked !== 'here' && `on ${formatDate(day)}`,
        where.text !== '' && `at ${where.text}`,
        asked === 'here' && '– the patient is here',
      ]
        .filter(Boolean)
        .join(' '),
      lines: lines.filter(({ value }) => value !== ''),
    },
  }
}

/** Numbers questions that differ, so that a late answer is known to belong to an earlier one. */
function useVersions(make: (version: number) => DeskQuestion): DeskQuestion {
  const { key } = make(0).asked
  const [numbered, setNumbered] = useState({ key, version: 1 })
  if (numbered.key !== key) setNumbered({ key, version: numbered.version + 1 })
  return make(numbered.version)
}
