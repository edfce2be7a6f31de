/** CMS place-of-service codes, the short list that orders need (CRD: ServiceRequest.locationCode). Names are plain words. */
export interface PlaceOfService {
  readonly code: string
  readonly name: string
}

export const PLACES_OF_SERVICE: readonly PlaceOfService[] = [
  { code: '11', name: 'Office' },
  { code: '12', name: 'Home' },
  { code: '22', name: 'Hospital outpatient, on campus' },
  { code: '19', name: 'Hospital outpatient, off campus' },
  { code: '21', name: 'Hospital inpatient' },
  { code: '23', name: 'Emergency room' },
  { code: '24', name: 'Ambulatory surgery center' },
  { code: '49', name: 'Independent clinic or imaging center' },
  { code: '31', name: 'Skilled nursing facility' },
  { code: '32', name: 'Nursing facility' },
  { code: '10', name: 'Telehealth, patient at home' },
  { code: '02', name: 'Telehealth, patient elsewhere' },
  { code: '65', name: 'Dialysis center' },
  { code: '81', name: 'Independent laboratory' },
]

/** "Home (12)"; a code outside of the list reads as itself. */
export function placeName(code: string): string {
  const place = PLACES_OF_SERVICE.find((p) => p.code === code)
  return place === undefined ? code : `${place.name} (${place.code})`
}
