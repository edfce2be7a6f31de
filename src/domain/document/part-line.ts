import type { ClinicalDocument } from './document'

/**
 * Forms without pages say at each part whose it is, from whom, and how far to trust it: a part may be copied out alone. Undefined
 * where a document comes from nobody else.
 */
export function partLine({ patient, source, warning }: ClinicalDocument): string | undefined {
  if (source === undefined) return undefined
  return [patient.name, `born ${patient.born}`, patient.identifier, source, warning].join(' · ')
}
