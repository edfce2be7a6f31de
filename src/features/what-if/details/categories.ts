import type { CodeChoice } from '../../../domain/ports'

const system = 'http://snomed.info/sct'

/** What kind of service it is, as US Core ServiceRequest binds `category`. */
export const CATEGORIES: readonly CodeChoice[] = [
  { system, code: '363679005', display: 'Imaging' },
  { system, code: '108252007', display: 'Laboratory procedure' },
  { system, code: '387713003', display: 'Surgical procedure' },
  { system, code: '103696004', display: 'Patient referral to specialist' },
  { system, code: '409063005', display: 'Counselling' },
  { system, code: '409073007', display: 'Education' },
  { system, code: '386053000', display: 'Evaluation' },
]
