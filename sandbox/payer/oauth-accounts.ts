/** Somebody who has an account at a payer's portal for providers. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly role: string
  /** Whether the payer lets this account read members' records. */
  readonly readsRecords: boolean
}

/** The same people at every payer of the sandbox: the staff of the EHR, as the payers know them. */
export const ACCOUNTS: readonly Account[] = [
  { id: 'moreno', name: 'Dr. Moreno', role: 'Physician, Lakeside Clinic', readsRecords: true },
  { id: 'osei', name: 'A. Osei', role: 'Dietitian, Lakeside Clinic', readsRecords: true },
  { id: 'billing', name: 'Billing office', role: 'May see claims status only', readsRecords: false },
]

/** Apps registered at the payers: public clients, with the redirect below where the app is served. */
export const APPS = [{ id: 'beforehand', name: 'Beforehand', redirect: 'payer-return.html' }] as const

export type App = (typeof APPS)[number]
