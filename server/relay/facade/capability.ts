import type { JsonObject } from '../../../src/domain/json'
import { SEARCH_PARAMETERS } from './invocation-search'

/** Types that a question can hold: orders, appointments, and what CRD services ask to be sent with them. */
const TYPES = [
  ...['ServiceRequest', 'DeviceRequest', 'MedicationRequest', 'NutritionOrder', 'VisionPrescription'],
  ...['CommunicationRequest', 'Appointment', 'Encounter', 'Task', 'Patient', 'Coverage', 'RelatedPerson'],
  ...['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Device', 'Medication'],
  ...['Condition', 'Observation', 'Procedure', 'AllergyIntolerance', 'DiagnosticReport', 'CareTeam'],
  ...['MedicationStatement', 'MedicationDispense', 'Immunization', 'QuestionnaireResponse'],
  ...['DocumentReference', 'ClaimResponse'],
]

/** What can be asked of a question's resources. The same for all: it tells nothing of what a question holds. */
export const capability = (base: string): JsonObject => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-11-21',
  kind: 'instance',
  implementation: { description: 'The resources of one CDS Hooks call', url: base },
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [
    {
      mode: 'server',
      security: {
        description: `The access token of the call's fhirAuthorization, for at most 30 seconds. Nothing else is needed.`,
      },
      resource: TYPES.map((type) => ({
        type,
        interaction: [{ code: 'read' }, { code: 'search-type' }],
        searchInclude: ['*'],
        searchParam: SEARCH_PARAMETERS.map((name) => ({
          name,
          type: TOKENS.has(name) ? 'token' : 'reference',
        })),
      })),
    },
  ],
})

const TOKENS = new Set(['_id', 'identifier', 'status', 'intent', 'code'])
