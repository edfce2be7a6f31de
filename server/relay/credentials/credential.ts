/** For whom a payer is called. */
export interface Caller {
  /** Issuer and subject. */
  readonly user: string
  /** National Provider Identifier, where the site vouches for it. */
  readonly npi?: string
}

export type CredentialHeaders = Readonly<Record<string, string>>

/** How this site shows one payer who calls. One for each payer; what it holds stays within this process. */
export interface Credential {
  /** For one call to `url`. Throws `NoAnswer` of the kind `credential`. */
  headers(url: string, caller: Caller): Promise<CredentialHeaders>
  /** The payer did not take these (401). True where new ones can be fetched; what was kept is forgotten then. */
  refused(headers: CredentialHeaders, caller: Caller): boolean
}

export const noCredential: Credential = { headers: async () => ({}), refused: () => false }

export const bearer = (token: string): CredentialHeaders => ({ authorization: `Bearer ${token}` })
