import { objects, text } from '../json'

/** One coding of a CodeableConcept, as far as it can be read. */
export interface Code {
  readonly system?: string
  readonly code: string
  readonly display?: string
}

/** The codings of a CodeableConcept; those without a code are left out. */
export function codes(concept: unknown): readonly Code[] {
  return objects(concept, 'coding').flatMap((coding) => {
    const code = text(coding, 'code')
    if (code === undefined) return []
    const system = text(coding, 'system')
    const display = text(coding, 'display')
    return [{ code, ...(system !== undefined && { system }), ...(display !== undefined && { display }) }]
  })
}

/** A CodeableConcept in words: its text, else the first display, else the first code. */
export function conceptText(concept: unknown): string | undefined {
  const listed = codes(concept)
  return (
    text(concept, 'text') ??
    objects(concept, 'coding').flatMap((coding) => text(coding, 'display') ?? [])[0] ??
    listed[0]?.code
  )
}

/** Whether a CodeableConcept carries this code; any system where none is named. */
export function hasCode(concept: unknown, code: string, system?: string): boolean {
  return codes(concept).some((c) => c.code === code && (system === undefined || c.system === system))
}
