import type { QuestionField } from '../../domain/crd/question-check'

/** The field of each part of a question, in the order of the form. */
export const FIELD_IDS: Readonly<Record<QuestionField, string>> = {
  appointments: 'wi-appointment-what',
  serviceType: 'wi-appointment-what',
  performers: 'wi-appointment-who',
  encounter: 'wi-visit-real',
  class: 'wi-visit-setting',
  type: 'wi-visit-what',
  time: 'wi-time',
  selections: 'wi-what',
  coding: 'wi-what',
  occurrence: 'wi-when',
  quantity: 'wi-quantity',
  reasons: 'wi-why',
  performer: 'wi-performer',
  placeOfService: 'wi-place',
  location: 'wi-location',
  dosage: 'wi-dosage',
  frequency: 'wi-times',
  supply: 'wi-supply',
  lenses: 'wi-lens-right',
  basedOn: 'wi-based-on',
  billing: 'wi-billing',
  task: 'wi-task-until',
  requester: 'wi-requester',
  orders: 'wi-pays',
}
