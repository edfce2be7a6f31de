/** Somebody who can be signed in to this EHR. */
export interface User {
  /** Id of the Practitioner. */
  readonly id: string
  readonly role: string
  /** What `fhirUser` names, where it is not the Practitioner: SMART lets it be a PractitionerRole. */
  readonly fhirUser?: string
}

/** The staff of the sandbox. Names come from the Practitioner resources. */
export const USERS: readonly User[] = [
  { id: 'moreno', role: 'Family physician' },
  { id: 'osei', role: 'Registered dietitian' },
  { id: 'bell', role: 'Front desk' },
  { id: 'vega', role: 'Front desk' },
  { id: 'kim', role: 'Scheduler', fhirUser: 'PractitionerRole/kim-lakeside' },
  { id: 'ruiz', role: 'Privacy officer' },
]

export function findUser(id: string | undefined): User | undefined {
  return USERS.find((user) => user.id === id)
}

/** Those who book, greet or look after the house. */
export const treatsNobody = ({ role }: User): boolean =>
  ['Front desk', 'Scheduler', 'Privacy officer'].includes(role)
