/** The hooks of CRD. */
export type HookName =
  | 'appointment-book'
  | 'encounter-start'
  | 'encounter-discharge'
  | 'order-select'
  | 'order-sign'
  | 'order-dispatch'

/** What CRD says of a hook. */
export interface HookTraits {
  /** For people: what it is about: "An order". */
  readonly label: string
  /** What the payer is asked about. */
  readonly about: 'orders' | 'appointments' | 'encounter'
  /** Within which a payer should answer 90 % of calls; milliseconds. `first`: where it was not asked within 24 hours. */
  readonly budgetMs: { readonly first: number; readonly later: number }
  /** `primary`: the payer SHALL give coverage information; `secondary`: it MAY, and may not demand documents. */
  readonly coverageInformation: 'primary' | 'secondary'
  /** What `context.userId` may refer to; empty: the hook has no user. */
  readonly users: readonly string[]
}

const practitioners = ['Practitioner', 'PractitionerRole'] as const
const short = { first: 5000, later: 5000 } as const
const extended = { first: 10_000, later: 5000 } as const

/** CRD 2.2 "Supported hooks", with the time budgets of crd-facts A2. */
export const hooks: Readonly<Record<HookName, HookTraits>> = {
  'appointment-book': {
    label: 'An appointment',
    about: 'appointments',
    budgetMs: { first: 10_000, later: 10_000 },
    coverageInformation: 'primary',
    users: [...practitioners, 'Patient', 'RelatedPerson'],
  },
  'encounter-start': {
    label: 'A visit that begins',
    about: 'encounter',
    budgetMs: short,
    coverageInformation: 'secondary',
    users: practitioners,
  },
  'encounter-discharge': {
    label: 'A discharge',
    about: 'encounter',
    budgetMs: short,
    coverageInformation: 'secondary',
    users: practitioners,
  },
  'order-select': {
    label: 'An order while it is chosen',
    about: 'orders',
    budgetMs: short,
    coverageInformation: 'secondary',
    users: practitioners,
  },
  'order-sign': {
    label: 'An order',
    about: 'orders',
    budgetMs: extended,
    coverageInformation: 'primary',
    users: practitioners,
  },
  'order-dispatch': {
    label: 'Sending an order out',
    about: 'orders',
    budgetMs: extended,
    coverageInformation: 'primary',
    users: [],
  },
}
