import { useMemo, useState } from 'react'
import type { AskWorld } from '../../domain/crd/ask'
import { createPrefetchCache } from '../../domain/crd/prefetch-cache'
import { type DraftOrder, isCalendarDate, type Party } from '../../domain/crd/scenario'
import { formatDate } from '../../ui'
import { useWork, type Work } from '../work'
import { askedQuestion } from './asked-question'
import { type ChartReason, chartReasons } from './chart-reasons'
import { coverageNameOf, viewCoverage } from './coverage-view'
import type { FilledForm } from './form-variant'
import { loadAsking } from './load-later'
import { orderErrors } from './order-errors'
import { itemsOfOrders, itemsOfOtherKinds, itemsOfPresets } from './order-item'
import { dayOf, type OrderValues } from './order-values'
import { practitionerName } from './PartySearch'
import { fillIn } from './proposal'
import type { ReasonReading } from './ReasonPicker'
import { toScenario } from './to-scenario'
import { useChart } from './use-chart'

const NO_REASONS: readonly ChartReason[] = []

/** The world of this launch as asking needs it, with one cache of chart reads for as long as the task is open. */
export function useAskWorld(): AskWorld {
  const { ports, session, site, chart } = useWork()
  return useMemo(() => {
    const cache = createPrefetchCache(ports.ehr)
    for (const known of [chart.patient, chart.user]) if (known !== undefined) cache.seed(known)
    const { ehr, cds, clock, newId, fhirPath } = ports
    const { patient } = chart
    return {
      ehr,
      cds,
      clock,
      newId,
      fhirPath,
      session,
      patient,
      payers: site.payers,
      policy: site.policy,
      cache,
    }
  }, [ports, session, site, chart])
}

/** The launching user as one who may order; absent where the EHR names none, or one who is no practitioner. */
function launchingOrderer({ session, chart }: Pick<Work, 'session' | 'chart'>): Party | undefined {
  const reference = session.fhirUser
  if (reference === undefined || !/^(Practitioner|PractitionerRole)\//.test(reference)) return undefined
  if (chart.user?.resourceType === 'Practitioner') return { reference, display: practitionerName(chart.user) }
  return { reference, display: 'The clinician who opened this app' }
}

/** The form of now as a question: its scenario, what is wrong with it, its words, and what the chart offers for it. */
export function useQuestion(values: OrderValues, world: AskWorld, orderId: string) {
  const work = useWork()
  const { session, site } = work
  const { when, coverageId } = values
  const user = useMemo(() => launchingOrderer(work), [work])
  const { coverage, conditions, orders } = useChart(world.cache, values.kind, {
    // A date that is still being typed: today's coverage is the better guess.
    when: isCalendarDate(when) ? when : dayOf(work.ports.clock.now()),
    coverageId,
  })
  const found = conditions.data?.ok ? conditions.data.value.matches : undefined
  const reasons = useMemo(() => (found === undefined ? NO_REASONS : chartReasons(found)), [found])
  const coverageView = viewCoverage(coverage.data, () => void coverage.refetch())
  const facts = {
    version: 0,
    orderId,
    patientId: session.patientId,
    ...(session.encounterId !== undefined && { encounterId: session.encounterId }),
    ...(user && { user }),
    reasons,
  }
  const draft = toScenario(values, facts)
  const key = JSON.stringify(draft)
  const [numbered, setNumbered] = useState({ key, version: 1 })
  if (numbered.key !== key) setNumbered({ key, version: numbered.version + 1 })
  const scenario = { ...draft, version: numbered.version }
  const chosenReasons = reasons.filter((reason) => values.reasons.includes(reason.reference))
  const name = coverageNameOf(coverageView)
  const presets = itemsOfPresets(values.kind, site.presets.orders)
  return {
    key,
    scenario,
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
    reasonReading: reasonReading(conditions.data?.ok, reasons),
    chosenReasons,
    presets,
    near: [...(orders.data?.ok ? itemsOfOrders(values.kind, orders.data.value.matches) : []), ...presets],
    elsewhere: itemsOfOtherKinds(values.kind, site.presets.orders),
    nearFailed: orders.data?.ok === false,
    userName: user?.display,
    /** The form of now with a payer's proposal in it, and what it would then ask. */
    fill: (order: DraftOrder): FilledForm => {
      const filled = fillIn(order, values, reasons)
      return { values: filled, order: toScenario(filled, facts).orders[0] }
    },
    /** Starts the chart reads that asking will need. Sends nothing about the patient to a payer. */
    warmUp: () =>
      void loadAsking().then(
        ({ warm }) => warm(scenario, world),
        () => undefined,
      ),
  }
}

function reasonReading(isRead: boolean | undefined, reasons: readonly ChartReason[]): ReasonReading {
  if (isRead === undefined) return { kind: 'reading' }
  return isRead ? { kind: 'read', reasons } : { kind: 'failed' }
}
