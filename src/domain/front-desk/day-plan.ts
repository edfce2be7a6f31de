import { readCoverageChoice } from '../crd/chart-coverage'
import type { CoverageChoice, CoverageSummary } from '../crd/coverage'
import { validateQuestion } from '../crd/question-check'
import type { Party, Scenario } from '../crd/scenario'
import { objects, text } from '../json'
import type { Payer } from '../payer-directory'
import type { CdsPort, NewId } from '../ports'
import { problemText } from '../problem-text'
import { withCoverages } from './day-coverages'
import type { Day } from './day-read'
import { type DayVisit, type VisitParty, wallTime } from './day-visit'

/** Why an appointment is never sent to a payer. */
export type NotAsked =
  | { readonly kind: 'no-coverage' | 'patient-pays' | 'over' | 'cancelled' | 'no-patient' | 'no-time' }
  /** `why`: in words, "its end date is 2024-12-31". */
  | { readonly kind: 'not-active'; readonly why: string }
  | { readonly kind: 'unknown-payer'; readonly name: string }
  /** The chart did not give what is needed, or the appointment does not say enough. */
  | { readonly kind: 'not-read' | 'incomplete'; readonly why: string }

/** An appointment whose payer can be asked. */
export interface Askable {
  readonly kind: 'askable'
  readonly visit: DayVisit
  readonly patientId: string
  /** `YYYY-MM-DD`, by the clinic's clock. */
  readonly date: string
  readonly payer: Payer
  readonly coverage: CoverageSummary
  /** Names of the further insurances, which are not asked from here. */
  readonly others: readonly string[]
  /** A question of its own each time: the ids in it are good for one. */
  readonly scenario: (newId: NewId) => Scenario
}

export type PlannedVisit =
  | Askable
  | { readonly kind: 'not-asked'; readonly visit: DayVisit; readonly reason: NotAsked }

/** What of the site decides whom to ask. */
export interface PlanWorld {
  readonly fhirBase: string
  readonly payers: readonly Payer[]
  readonly cds: Pick<CdsPort, 'wellKnown'>
}

/** For every appointment of a day its payer, or why nobody is asked: nothing is sent here. In the order of the day. */
export async function planDay(day: Day, world: PlanWorld): Promise<readonly PlannedVisit[]> {
  const cache = withCoverages(day.cache, day.coverages)
  return Promise.all(
    day.visits.map(async (visit): Promise<PlannedVisit> => {
      const apart = (reason: NotAsked): PlannedVisit => ({ kind: 'not-asked', visit, reason })
      const standing = standingOf(visit)
      if (standing !== undefined) return apart(standing)
      const { patientId, start, end } = visit
      const date = wallTime(start)?.day
      if (patientId === undefined || !day.patients.has(patientId)) return apart({ kind: 'no-patient' })
      if (date === undefined || start === undefined || end === undefined) return apart({ kind: 'no-time' })
      const { fhirBase, payers, cds } = world
      const chosen = await readCoverageChoice({ patientId, fhirBase, payers, cds, dates: [date] }, cache)
      if (!chosen.ok) return apart({ kind: 'not-read', why: problemText(chosen.problem).happened })
      const reason = withoutPayer(chosen.value, date)
      if (reason !== undefined) return apart(reason)
      if (chosen.value.kind !== 'chosen') return apart({ kind: 'no-coverage' })
      const { coverage, payer, others } = chosen.value
      const scenario = scenarioOf(visit, { patientId, start, end }, coverage.id, day.names)
      const [error] = validateQuestion(scenario(() => 'check'))
      if (error !== undefined) return apart({ kind: 'incomplete', why: incompleteWords(error.field) })
      return {
        kind: 'askable',
        visit,
        patientId,
        date,
        payer,
        coverage,
        others: others.filter(({ isActive }) => isActive).map(({ name }) => name),
        scenario,
      }
    }),
  )
}

/** An appointment that is not going to be, or has been. */
function standingOf({ status }: DayVisit): NotAsked | undefined {
  switch (status) {
    case 'cancelled':
    case 'entered-in-error':
      return { kind: 'cancelled' }
    case 'fulfilled':
    case 'noshow':
      return { kind: 'over' }
    default:
      return undefined
  }
}

const SELF_PAY = 'http://terminology.hl7.org/CodeSystem/coverage-selfpay'

/** Marked as paid by the patient (R4 Coverage.type), and in force that day. */
const isSelfPay = ({ resource }: CoverageSummary, date: string): boolean =>
  text(resource, 'status') === 'active' &&
  (text(resource, 'period', 'end') ?? date) >= date &&
  objects(resource, 'type', 'coding').some(({ system, code }) => system === SELF_PAY && code === 'pay')

/** Why nobody is asked about these coverages; undefined where somebody is. */
function withoutPayer(choice: CoverageChoice, date: string): NotAsked | undefined {
  const all = choice.kind === 'none' ? choice.others : [choice.coverage, ...choice.others]
  const own = all.find((each) => isSelfPay(each, date))
  // Only an insurance that the chart puts before it is asked: what the patient pays is not the payer's to know (CRD dev-26).
  const isFirst = choice.kind === 'chosen' && (choice.coverage.order ?? 99) < (own?.order ?? 0)
  const pays = all.some(({ whyNotActive = '' }) => /patient or a relative pays/.test(whyNotActive))
  if ((own !== undefined && !isFirst) || (choice.kind === 'none' && pays)) return { kind: 'patient-pays' }
  switch (choice.kind) {
    case 'none': {
      const [first] = choice.others
      const why = choice.others.map(
        ({ name, whyNotActive }) => `${name}: ${whyNotActive ?? 'it is not active'}`,
      )
      return first === undefined ? { kind: 'no-coverage' } : { kind: 'not-active', why: why.join('; ') }
    }
    case 'not-in-directory':
      return { kind: 'unknown-payer', name: choice.coverage.name }
    case 'chosen':
      return undefined
  }
}

const scenarioOf =
  (
    { service, coding, practitioners, places, basedOn }: DayVisit,
    { patientId, start, end }: { readonly patientId: string; readonly start: string; readonly end: string },
    coverageId: string,
    names: ReadonlyMap<string, string>,
  ): Askable['scenario'] =>
  (newId) => ({
    version: 1,
    patientId,
    coverageId,
    orders: [],
    question: {
      hook: 'appointment-book',
      appointments: [
        {
          // Never the appointment's own: what is asked about does not exist yet (CRD found-36, sec-7).
          id: newId(),
          serviceType: coding,
          ...(service !== undefined && { text: service }),
          time: { kind: 'exact', start, end },
          performers: [...practitioners, ...places].map((party) => partyOf(party, names)),
          reasons: [],
          basedOn,
          billing: [],
          patientPays: false,
        },
      ],
    },
  })

const partyOf = ({ reference, name }: VisitParty, names: ReadonlyMap<string, string>): Party => ({
  reference,
  display: name ?? names.get(reference) ?? '',
})

function incompleteWords(field: ReturnType<typeof validateQuestion>[number]['field']): string {
  switch (field) {
    case 'performers':
      return 'it does not say who sees the patient, or where'
    case 'time':
      return 'it does not say when it begins and ends'
    case 'serviceType':
      return 'it does not say what it is for'
    default:
      return 'it does not say enough'
  }
}
