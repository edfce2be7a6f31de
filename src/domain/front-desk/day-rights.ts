const NEEDED = ['Appointment', 'Patient', 'Coverage'] as const

/** What of the chart cannot be searched with these granted scopes, though the day's list needs it. By the user's own right: a patient's reaches one patient. */
export const missingRights = (scopes: readonly string[]): readonly string[] =>
  NEEDED.filter((type) => !scopes.some((scope) => allows(scope, type)))

/** SMART 2 (`user/Coverage.rs`) and 1 (`user/*.read`). A scope that a query narrows may still find the day's. */
function allows(scope: string, type: string): boolean {
  const [, of, rights = ''] = /^(?:user|system)\/([A-Za-z]+|\*)\.([a-z*]+)(?:\?.*)?$/.exec(scope) ?? []
  return (of === type || of === '*') && (rights === 'read' || rights === '*' || /s/.test(rights))
}
