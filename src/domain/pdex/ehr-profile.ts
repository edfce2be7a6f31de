/** What can be attached. `bundle`: the records as a FHIR document. */
export type AttachmentKind = 'bundle' | 'pdf' | 'html' | 'xhtml' | 'text' | 'rtf'

/** What a DocumentReference has to carry here beyond what FHIR asks for. */
export type EhrNeed = 'author' | 'authenticator' | 'encounter' | 'period-end'

export type EhrProfileId =
  | 'generic'
  | 'us-core'
  | 'oracle'
  | 'oracle-dstu2'
  | 'epic'
  | 'athena-flow'
  | 'athena-one'
  | 'meditech'
  | 'eclinicalworks'

/**
 * What one kind of EHR takes and its CapabilityStatement cannot say (PDex facts 0.3, 6.3). The statement and the granted scopes
 * still count: a profile only narrows them.
 */
export interface EhrProfile {
  /** Worth trying, best first. Empty: no document from apps. */
  readonly attachments: readonly AttachmentKind[]
  /** How many `content` one DocumentReference may have. */
  readonly contents: 'several' | 'one'
  readonly needs: readonly EhrNeed[]
  readonly docStatus: 'final' | 'preliminary'
  /**
   * `verificationStatus` of a diagnosis that nobody here has confirmed. `provisional`: the EHR takes no other, so that the clinician
   * cannot say more before it is reconciled there.
   */
  readonly conditions: 'unconfirmed' | 'provisional'
  /** Types taken as entries; absent: all that the statement offers. */
  readonly entries?: readonly string[]
  /**
   * A DocumentReference may name the records in it (`context.related`), so that a later session finds them. Not where the EHR drops it,
   * or may refuse a document for it.
   */
  readonly listsRecords: boolean
  /** Largest resource that is taken; bytes of its JSON. Absent: not known. */
  readonly maxBytes?: number
  /** Requests at a time. */
  readonly parallel: number
}

/** A site's own profile: a shipped one, with what is different. */
export interface OwnEhrProfile extends Partial<EhrProfile> {
  readonly like: EhrProfileId
}
