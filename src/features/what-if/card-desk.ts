import type { FhirJson } from '../../domain/json'
import type { AppContextCheck } from '../../domain/pdex/app-context'
import type { SuggestionDesk } from './Suggestions'
import type { Feedback } from './use-feedback'

/** Where links lead that would start this very app. */
export interface OwnLinks {
  /** The app's launch URL. */
  readonly appBaseUrl: string
  readonly check: AppContextCheck
  /** Opens what the link hands over, as the payer gave it. Absent: it is only explained. */
  readonly onOpen?: (appContext: string) => void
}

/** What cards are read with, and where what they propose goes. */
export interface CardDesk extends SuggestionDesk {
  /** Questionnaires that came along with the answer. */
  readonly forms?: readonly FhirJson[]
  readonly ownLinks?: OwnLinks
  /** Absent: the payer is told nothing. */
  readonly feedback?: Feedback
}
