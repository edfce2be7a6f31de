import type { Scenario } from '../../domain/crd/scenario'
import { readPerson } from '../../domain/fhir/person'
import type { PaperFrame } from '../../domain/front-desk/paper'
import type { Site } from '../../domain/site'
import type { CoverageView } from '../asking/coverage-view'
import { practitionerName } from '../asking/PartySearch'
import type { Answered } from '../asking/use-ask'
import type { Work } from '../work'
import { dayAsked } from './day-asked'

interface Given {
  readonly answered: Answered
  readonly view: CoverageView
  /** `YYYY-MM-DD` */
  readonly today: string
  readonly isStale: boolean
}

/** What a paper names besides the answer: who is asked about, by whom, and on which terms. */
export function paperFrame({ chart, site }: Work, { answered, view, today, isStale }: Given): PaperFrame {
  const { question, answer, scenario } = answered
  const { user, patient } = chart
  const of = (label: string): string => question.lines.find((line) => line.label === label)?.value ?? ''
  const coverage =
    view.kind === 'read' ? view.active.find(({ payer }) => payer?.id === answer.payer?.id) : undefined
  // Entered for the coverage that comes first: another payer was told its own.
  const entered = answer.payerRole === 'secondary' ? '' : of('Member id, entered here')
  const memberId = entered === '' ? coverage?.memberId : entered
  const serviceIn = namesOf(scenario, site)
  const orderedBy = of('Ordered by')
  return {
    patient,
    question: {
      service: of('Service'),
      ...(serviceIn && { serviceIn }),
      day: dayAsked(scenario, today),
      place: of('Place'),
      person: orderedBy === '' ? of('With') : orderedBy,
      isOrder: orderedBy !== '',
    },
    ...(answer.payer !== undefined && { payer: answer.payer.name }),
    ...(coverage !== undefined && { plan: coverage.name }),
    ...(memberId !== undefined && { memberId: { value: memberId, isEnteredHere: entered !== '' } }),
    ...(user !== undefined && readPerson(user).name !== undefined && { askedBy: practitionerName(user) }),
    ...(answer.hookInstance !== undefined && { reference: answer.hookInstance }),
    isStale,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    offsetMinutes: -new Date(answer.endedAt).getTimezoneOffset(),
  }
}

/** What the site calls the service in other languages: known by its code, however the chart words it. */
function namesOf({ orders, question }: Scenario, site: Site): Readonly<Record<string, string>> | undefined {
  const [first] = question?.hook === 'appointment-book' ? question.appointments : []
  const asked = first?.serviceType ?? orders[0]?.coding ?? []
  return site.frontDesk?.services.find(({ coding }) =>
    coding.some(({ system, code }) => asked.some((each) => each.system === system && each.code === code)),
  )?.labels
}
