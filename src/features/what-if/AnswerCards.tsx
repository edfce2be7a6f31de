import { useMemo } from 'react'
import { formsAtHand } from '../../domain/crd/questionnaire-source'
import type { Answered } from '../asking/use-ask'
import { useWork } from '../work'
import { type CardAnswer, Cards } from './Cards'
import type { CardDesk } from './card-desk'
import { filling } from './filling'
import type { FormValues } from './form-values'
import type { SuggestionDesk } from './Suggestions'
import type { ScenarioFacts } from './to-scenario'
import { useFeedback } from './use-feedback'

/** How suggestions get into the form. */
export interface Suggesting extends Required<Pick<SuggestionDesk, 'onUse'>> {
  /** The form of now, which they are filled into. */
  readonly values: FormValues
  readonly facts: ScenarioFacts
}

/** What can be done with cards here. */
export interface CardUse {
  readonly suggesting?: Suggesting
  /** An answer of earlier: to be read, copied and printed, and no more. */
  readonly readOnly?: boolean
  /** Opens what a link to this very app hands over, as the payer gave it (see `readAppContext`). */
  readonly onOwnLink?: (appContext: string) => void
}

interface Props extends CardUse {
  /** Of one payer, or of several that were asked the same. */
  readonly answered: readonly Answered[]
}

/** The cards of one or several answers to a question, with all that can be done with them here. */
export function AnswerCards({ answered, suggesting, readOnly = false, onOwnLink }: Props) {
  const { site, session, ports } = useWork()
  const speaking = useMemo(() => answered.flatMap(asSpeaking), [answered])
  const answers = useMemo(() => speaking.map(({ answer }) => answer), [speaking])
  const feedback = useFeedback(answers, ports)
  const desks = useMemo(() => {
    const ownLinks = {
      appBaseUrl: `${window.location.origin}${window.location.pathname}`,
      check: { payers: site.payers, patientId: session.patientId, now: ports.clock.now() },
      ...(onOwnLink && { onOpen: onOwnLink }),
    }
    const deskOf = ({ answer, orders, scenario }: Speaking): CardDesk => ({
      world: {
        resources: orders,
        patientId: session.patientId,
        fhirBase: session.fhirBase,
        newId: ports.newId,
      },
      scenario,
      forms: formsAtHand(answer),
      ownLinks,
    })
    return new Map(speaking.map((each) => [each.answer.payer?.id ?? '', deskOf(each)]))
  }, [speaking, site, session, ports, onOwnLink])
  const first = [...desks.values()][0]
  if (first === undefined) return null
  const deskOf = (payerId: string): CardDesk => ({
    ...(desks.get(payerId) ?? first),
    ...(!readOnly &&
      suggesting && { onUse: suggesting.onUse, fill: filling(suggesting.values, suggesting.facts) }),
    ...(!readOnly && feedback && { feedback }),
  })
  return <Cards answers={answers} deskOf={deskOf} orders={first.world.resources} readOnly={readOnly} />
}

type Speaking = Answered & { readonly answer: CardAnswer }

const asSpeaking = (answered: Answered): readonly Speaking[] => {
  const { answer } = answered
  return answer.kind === 'answered' || answer.kind === 'undecided' ? [{ ...answered, answer }] : []
}
