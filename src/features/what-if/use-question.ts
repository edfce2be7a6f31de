import { useMemo, useState } from 'react'
import type { AskWorld } from '../../domain/crd/ask'
import { type DraftOrder, isCalendarDate, type Party } from '../../domain/crd/scenario'
import { formatDate } from '../../ui'
import { useWork, type Work } from '../work'
import { askedQuestion } from './asked-question'
import { type ChartReason, chartReasons } from './chart-reasons'
import { coverageNameOf, otherPayersOf, payerOf, viewCoverage } from './coverage-view'
import type { FormValues } from './form-values'
import type { FilledForm } from './form-variant'
import { loadAsking } from './load-later'
import { orderErrors } from './order-errors'
import { itemsOfOrders, itemsOfOtherKinds, itemsOfPresets } from './order-item'
import { dayOf } from './order-values'
import { practitionerName } from './PartySearch'
import { fillAll } from './proposal'
import type { ReasonReading } from './ReasonPicker'
import { toScenario } from './to-scenario'
import { useChart } from './use-chart'

const NO_REASONS: readonly ChartReason[] = []

/** The launching user as one who may order; absent where the EHR names none, or one who is no practitioner. */
function launchingOrderer({ session, chart }: Pick<Work, 'session' | 'chart'>): Party | undefined {
  const reference = session.fhirUser
  if (reference === undefined || !/^(Practitioner|PractitionerRole)\//.test(reference)) return undefined
  if (chart.user?.resourceType === 'Practitioner') return { reference, display: practitionerName(chart.user) }
  return { reference, display: 'The clinician who opened this app' }
}

/** The day on which it would happen, as far as the form says so. */
function dayOfQuestion(values: FormValues): string {
  switch (values.about) {
    case 'appointment':
      return values.appointment.day
    case 'visit':
      return values.visit.start
    default:
      return values.when
  }
}

/**
 * The form of now as a question: its scenario, what is wrong with it, its words, and what the chart offers for it.
 * `configurationVersion`: a question under other settings is another question.
 */
export function useQuestion(values: FormValues, world: AskWorld, configurationVersion: number) {
  const work = useWork()
  const { session, site } = work
  const day = dayOfQuestion(values)
  const user = useMemo(() => launchingOrderer(work), [work])
  const { coverage, conditions, orders } = useChart(world.cache, values.kind, {
    // A date that is still being typed: today's coverage is the better guess.
    when: isCalendarDate(day) ? day : dayOf(work.ports.clock.now()),
    coverageId: values.coverageId,
  })
  const found = conditions.data?.ok ? conditions.data.value.matches : undefined
  const reasons = useMemo(() => (found === undefined ? NO_REASONS : chartReasons(found)), [found])
  const coverageView = viewCoverage(coverage.data, () => void coverage.refetch())
  const otherPayers = otherPayersOf(coverageView)
  const asksOthers = values.askOthers && otherPayers.length > 0
  const facts = {
    version: 0,
    patientId: session.patientId,
    ...(session.encounterId !== undefined && { encounterId: session.encounterId }),
    ...(user && { user }),
    reasons,
  }
  const draft = toScenario(values, facts)
  const key = JSON.stringify([draft, configurationVersion, asksOthers])
  const [numbered, setNumbered] = useState({ key, version: 1 })
  if (numbered.key !== key) setNumbered({ key, version: numbered.version + 1 })
  const scenario = { ...draft, version: numbered.version }
  const chosenReasons = reasons.filter((reason) => values.reasons.includes(reason.reference))
  const name = coverageNameOf(coverageView)
  const presets = itemsOfPresets(values.kind, site.presets.orders)
  const chartOrders = orders.data?.ok ? orders.data.value.matches : []
  return {
    key,
    scenario,
    facts,
    errors: orderErrors(values, scenario),
    question: askedQuestion(values, {
      key,
      scenarioVersion: scenario.version,
      orderedBy: user?.display ?? values.requester.text,
      reasons: chosenReasons.map((reason) => reason.label),
      ...(name !== undefined && { coverage: name }),
      formatDate,
    }),
    coverageView,
    payer: payerOf(coverageView),
    otherPayers,
    asksOthers,
    reasonReading: reasonReading(conditions.data?.ok, reasons),
    chosenReasons,
    presets,
    chartOrders,
    near: [...itemsOfOrders(values.kind, chartOrders), ...presets],
    elsewhere: itemsOfOtherKinds(values.kind, site.presets.orders),
    nearFailed: orders.data?.ok === false,
    userName: user?.display,
    /** The form of now with proposed orders in it, and what it would then ask. */
    fill: (proposed: readonly DraftOrder[]): FilledForm => {
      const filled = fillAll(proposed, values, reasons)
      return { values: filled, orders: toScenario(filled, facts).orders }
    },
    /** Starts the chart reads that asking will need. Sends nothing about the patient to a payer. */
    warmUp: () =>
      void loadAsking().then(
        ({ warm, warmAll }) => (asksOthers ? warmAll(scenario, world) : warm(scenario, world)),
        () => undefined,
      ),
  }
}

function reasonReading(isRead: boolean | undefined, reasons: readonly ChartReason[]): ReasonReading {
  if (isRead === undefined) return { kind: 'reading' }
  return isRead ? { kind: 'read', reasons } : { kind: 'failed' }
}
