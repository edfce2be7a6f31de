/** Somebody who can be signed in to this EHR. */
export interface User {
  /** Id of the Practitioner. */
  readonly id: string
  readonly role: string
}

/** The staff of the sandbox. Names come from the Practitioner resources. */
export const USERS: readonly User[] = [
  { id: 'moreno', role: 'Family physician' },
  { id: 'osei', role: 'Registered dietitian' },
  { id: 'bell', role: 'Front desk' },
]

export function findUser(id: string | undefined): User | undefined {
  return USERS.find((user) => user.id === id)
}
