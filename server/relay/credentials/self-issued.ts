import { randomUUID } from 'node:crypto'
import type { SigningKeys } from '../signing-keys'
import { bearer, type Credential } from './credential'
import type { ConfigOf } from './credential-config'

/** A JSON Web Token of this site for each call: `aud` is the very address that is called (CRD "Privacy, Safety and Security"). */
export const selfIssued = (
  { tenant }: ConfigOf<'jwt'>,
  { issuer, keys, now }: { readonly issuer: string; readonly keys: SigningKeys; readonly now: () => number },
): Credential => ({
  headers: async (url) =>
    bearer(
      await keys.sign(
        { iss: issuer, aud: url, jti: randomUUID(), ...(tenant !== undefined && { tenant }) },
        now(),
      ),
    ),
  refused: () => false,
})
