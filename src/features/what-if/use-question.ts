import { useEffect, useMemo, useState } from 'react'
import type { AskWorld } from '../../domain/crd/ask'
import { isCalendarDate, type Party, type Scenario } from '../../domain/crd/scenario'
import { text } from '../../domain/json'
import { formatDate } from '../../ui'
import type { AskedQuestion } from '../asking/asked-question'
import { coverageNameOf, otherPayersOf, payerOf, viewCoverage } from '../asking/coverage-view'
import { loadAsking } from '../asking/load-asking'
import { dayOf } from '../asking/local-time'
import { itemsOfOrders, itemsOfOtherKinds, itemsOfPresets } from '../asking/order-item'
import { practitionerName } from '../asking/PartySearch'
import { useWork, type Work } from '../work'
import type { ChartReason } from './chart-reasons'
import { type FormValues, isPaidByPatient } from './form-values'
import { type loadQuestion, loadQuestionSoon } from './load-later'
import type { OrderError } from './order-errors'
import type { ReasonReading } from './ReasonPicker'
import type { ScenarioFacts } from './to-scenario'
import { useChart } from './use-chart'

const NO_REASONS: readonly ChartReason[] = []

/** The form as a question. */
export interface Question {
  /** Equal for equal questions. */
  readonly key: string
  readonly scenario: Scenario
  /** What keeps it from being asked. */
  readonly errors: readonly OrderError[]
  /** In words. */
  readonly asked: AskedQuestion
}

/** The launching user as one who may order; absent where the EHR names none, or one who is no practitioner. */
function launchingOrderer({ session, chart }: Pick<Work, 'session' | 'chart'>): Party | undefined {
  const reference = session.fhirUser
  if (reference === undefined || !/^(Practitioner|PractitionerRole)\//.test(reference)) return undefined
  if (chart.user?.resourceType === 'Practitioner') return { reference, display: practitionerName(chart.user) }
  // Every CRD profile takes a Practitioner; not all of them take a role (2.2 MedicationRequest.requester).
  const person = text(chart.user, 'practitioner', 'reference')
  const isRole = chart.user?.resourceType === 'PractitionerRole' && /^Practitioner\/[^/]+$/.test(person ?? '')
  return {
    reference: isRole && person !== undefined ? person : reference,
    display: text(chart.user, 'practitioner', 'display') ?? 'The clinician who opened this app',
  }
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
 * The form of now: the question that it makes, and what the chart offers for it. `configurationVersion`: a question under other
 * settings is another question.
 */
export function useQuestion(values: FormValues, world: AskWorld, configurationVersion: number) {
  const work = useWork()
  const { session, site } = work
  const engine = useEngine()
  const day = dayOfQuestion(values)
  const user = useMemo(() => launchingOrderer(work), [work])
  const { coverage, conditions, orders } = useChart(world.cache, values.kind, {
    // A date that is still being typed: today's coverage is the better guess.
    when: isCalendarDate(day) ? day : dayOf(work.ports.clock.now()),
    coverageId: values.coverageId,
  })
  const found = conditions.data?.ok ? conditions.data.value.matches : undefined
  const reasons = useMemo(
    () => (found === undefined ? NO_REASONS : (engine?.chartReasons(found) ?? NO_REASONS)),
    [found, engine],
  )
  const coverageView = viewCoverage(coverage.data, () => void coverage.refetch())
  const otherPayers = otherPayersOf(coverageView)
  const asksOthers = values.askOthers && otherPayers.length > 0
  const facts: ScenarioFacts = {
    version: 0,
    patientId: session.patientId,
    ...(session.encounterId !== undefined && { encounterId: session.encounterId }),
    ...(user && { user }),
    reasons,
  }
  const chosenReasons = reasons.filter((reason) => values.reasons.includes(reason.reference))
  const draft = engine?.toScenario(values, facts)
  const key = JSON.stringify([draft, configurationVersion, asksOthers])
  const [numbered, setNumbered] = useState({ key, version: 1 })
  if (numbered.key !== key) setNumbered({ key, version: numbered.version + 1 })
  const ask = (): Question | undefined => {
    if (engine === undefined || draft === undefined) return undefined
    const scenario = { ...draft, version: numbered.version }
    const name = coverageNameOf(coverageView)
    const asked = engine.askedQuestion(values, {
      key,
      scenarioVersion: scenario.version,
      orderedBy: user?.display ?? values.requester.text,
      reasons: chosenReasons.map((reason) => reason.label),
      ...(name !== undefined && { coverage: name }),
      formatDate,
    })
    return { key, scenario, errors: engine.orderErrors(values, scenario), asked }
  }
  const presets = itemsOfPresets(values.kind, site.presets.orders)
  const question = ask()
  return {
    /** Undefined for the moment in which what makes a question is still being loaded. */
    question,
    isOff: isPaidByPatient(values),
    facts,
    coverageView,
    payer: payerOf(coverageView),
    otherPayers,
    asksOthers,
    reasonReading: reasonReading(engine === undefined ? undefined : conditions.data?.ok, reasons),
    chosenReasons,
    presets,
    near: [...itemsOfOrders(values.kind, orders.data?.ok ? orders.data.value.matches : []), ...presets],
    elsewhere: itemsOfOtherKinds(values.kind, site.presets.orders),
    nearFailed: orders.data?.ok === false,
    /** Starts the chart reads that asking will need. Sends nothing about the patient to a payer. */
    warmUp: () =>
      void loadAsking().then(
        ({ warm, warmAll }) => {
          if (question !== undefined)
            return asksOthers ? warmAll(question.scenario, world) : warm(question.scenario, world)
        },
        () => undefined,
      ),
  }
}

type Engine = Awaited<ReturnType<typeof loadQuestion>>

/** What makes questions, once it has been loaded. */
function useEngine(): Engine | undefined {
  const [engine, setEngine] = useState<Engine>()
  useEffect(() => {
    let isHere = true
    loadQuestionSoon().then(
      (loaded) => isHere && setEngine(loaded),
      // The app's own server does not answer: asking says so.
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [])
  return engine
}

function reasonReading(isRead: boolean | undefined, reasons: readonly ChartReason[]): ReasonReading {
  if (isRead === undefined) return { kind: 'reading' }
  return isRead ? { kind: 'read', reasons } : { kind: 'failed' }
}
