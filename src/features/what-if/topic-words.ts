import type { CardTopic } from '../../domain/crd/card-groups'

/** The kinds of advice that the guides name (CRD cardType, all versions), in plain words. */
const WORDS: Readonly<Record<string, string>> = {
  'coverage-info': 'Coverage',
  'unsolicited-determ': 'Authorizations given unasked',
  'prior-auth': 'Prior authorization',
  cost: 'Cost',
  claim: 'Claims',
  insurance: 'Insurance',
  limits: 'Limits',
  network: 'Network',
  'appropriate-use': 'Appropriate use',
  'therapy-alternatives-opt': 'Other choices',
  'therapy-alternatives-req': 'What has to be tried first',
  'clinical-reminder': 'Reminders',
  'duplicate-therapy': 'Done already',
  contraindication: 'Safety',
  guideline: 'Guidelines',
  'off-guideline': 'Not by the guideline',
}

/** A kind of advice for people: our words for a code of the guides, else the payer's own. */
export function topicWords({ code, label }: CardTopic): string {
  if (code === '') return 'Other'
  return (Object.hasOwn(WORDS, code) ? WORDS[code] : undefined) ?? label
}
