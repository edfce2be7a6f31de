import type { ServerCapability } from '../fhir/capability'
import type { AttachmentKind, EhrProfile } from './ehr-profile'

/** One way to attach records. `bundle-pdf`: both in one DocumentReference (PDex §51); all others hold one attachment. */
export type DocumentForm = 'bundle-pdf' | 'pdf' | 'html' | 'xhtml' | 'text' | 'rtf'

/** What this EHR already refused in this session. */
export interface Refusals {
  /** Resource types that it takes from nobody. */
  readonly types: ReadonlySet<string>
  readonly forms: ReadonlySet<DocumentForm>
  /** It takes no DocumentReference, or no bundle beside a PDF. */
  readonly documents: boolean
  readonly bundles: boolean
  /** It takes no document that names the records in it. */
  readonly lists: boolean
}

export const noRefusals: Refusals = {
  types: new Set(),
  forms: new Set(),
  documents: false,
  bundles: false,
  lists: false,
}

/** How documents get into this chart, or why none does. */
export type DocumentPlan =
  | {
      readonly kind: 'attach'
      /** The planned one, then what is tried where it is refused. At least one. */
      readonly forms: readonly DocumentForm[]
      /** A PDF that went alone is followed by the FHIR document in a second DocumentReference that refers to it. */
      readonly bundleBeside: boolean
    }
  | { readonly kind: 'none'; readonly why: string }

/** What decides about documents beside the capability. */
export interface DocumentWorld {
  readonly ehrName: string
  readonly fhirUser?: string
  readonly encounterId?: string
}

/** The forms to try, best first (PDex §51 to §56), or the reason why there is none, in words. */
export function planDocuments(
  capability: ServerCapability,
  profile: EhrProfile,
  world: DocumentWorld,
  refused: Refusals = noRefusals,
): DocumentPlan {
  const why = whyNone(capability, profile, world, refused)
  if (why !== undefined) return { kind: 'none', why }
  const forms = formsOf(profile).filter((form) => !refused.forms.has(form))
  if (forms.length === 0)
    return { kind: 'none', why: `${world.ehrName} refused every form of document in this session.` }
  return {
    kind: 'attach',
    forms,
    bundleBeside: profile.attachments.includes('bundle') && !refused.bundles,
  }
}

function formsOf({ attachments, contents }: EhrProfile): readonly DocumentForm[] {
  const single = attachments.filter((kind): kind is Exclude<AttachmentKind, 'bundle'> => kind !== 'bundle')
  // Nobody can read a bundle alone: it needs its PDF.
  const both = contents === 'several' && attachments.includes('bundle') && attachments.includes('pdf')
  return [...(both ? (['bundle-pdf'] as const) : []), ...single]
}

function whyNone(
  capability: ServerCapability,
  profile: EhrProfile,
  { ehrName, fhirUser, encounterId }: DocumentWorld,
  refused: Refusals,
): string | undefined {
  const { needs } = profile
  if (capability.release === 'other') return `${ehrName} speaks a version of FHIR that this app does not.`
  const permission = capability.canCreate('DocumentReference')
  if (permission === 'no-scope')
    return 'This app has no permission to attach documents here. The person who looks after it can ask for access.'
  if (permission === 'no-capability' || formsOf(profile).length === 0 || refused.documents)
    return `${ehrName} accepts no attached document from apps. You can save the records instead.`
  if ((needs.includes('author') || needs.includes('authenticator')) && fhirUser === undefined)
    return `${ehrName} wants to know which clinician attaches a document, and did not say who is signed in.`
  if (needs.includes('encounter') && encounterId === undefined)
    return `${ehrName} attaches documents to a visit, and no visit is open. Open this app from a visit, or save the records.`
  return undefined
}
