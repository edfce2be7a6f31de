import * as v from 'valibot'
import { text } from '../../../src/domain/json'

const NPI = /^[12]\d{9}$/

const npi = v.pipe(v.string(), v.regex(NPI, 'must be a National Provider Identifier: ten digits'))

/** How the site knows its users' National Provider Identifiers. What a browser says of it is not believed. */
export const npiSchema = v.strictObject({
  /** A claim of the EHR's id_token. */
  claim: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** By `fhirUser`: absolute, or `Practitioner/12` where the site has one EHR. */
  users: v.optional(v.record(v.string(), npi), {}),
})

type NpiConfig = v.InferOutput<typeof npiSchema>

/** The user's NPI by the verified claims of an id_token; undefined where nobody vouches for one. */
export const npiOf =
  ({ claim, users }: NpiConfig) =>
  (claims: unknown): string | undefined => {
    const said = claim === undefined ? undefined : text(claims, claim)
    if (said !== undefined && NPI.test(said)) return said
    const fhirUser = text(claims, 'fhirUser')
    if (fhirUser === undefined) return undefined
    return users[fhirUser] ?? users[fhirUser.split('/').slice(-2).join('/')]
  }
