import * as v from 'valibot'

const text = v.pipe(v.string(), v.minLength(1))

/** Who may look into the whole log. Nobody, where the site does not say. */
export const auditSchema = v.strictObject({
  /** Absolute references as `fhirUser` gives them, e.g. `https://ehr.example.org/fhir/Practitioner/12`. */
  users: v.optional(v.array(text), []),
  /** A claim of the EHR's id_token (a text or a list), and the values of it that give the role. */
  claim: v.optional(v.strictObject({ name: text, values: v.pipe(v.array(text), v.minLength(1)) })),
})

export type AuditRole = v.InferOutput<typeof auditSchema>

/** Whether the EHR's word for somebody gives the audit role. `claims`: of a verified id_token; `fhirUser`: absolute. */
export function hasAuditRole(
  role: AuditRole | undefined,
  claims: Readonly<Record<string, unknown>>,
  fhirUser: string | undefined,
): boolean {
  if (role === undefined) return false
  if (fhirUser !== undefined && role.users.includes(fhirUser)) return true
  if (role.claim === undefined) return false
  const held = claims[role.claim.name]
  const { values } = role.claim
  return (Array.isArray(held) ? held : [held]).some(
    (each) => typeof each === 'string' && values.includes(each),
  )
}
