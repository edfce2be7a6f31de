/** A stretch of text; identifying ones tell who the patient is. */
export interface MarkedPart {
  readonly text: string
  readonly isIdentifying: boolean
}

/** Elements of Patient, Coverage and the hook context that tell who the patient is (HIPAA Safe Harbor's identifiers, as FHIR names them). */
const ELEMENTS = [
  'patientId',
  'birthDate',
  'deceasedDateTime',
  'name',
  'family',
  'given',
  'subscriberId',
  'memberId',
  'telecom',
  'line',
  'city',
  'district',
  'postalCode',
  'identifier',
  'beneficiary',
  'subscriber',
  'policyHolder',
  'subject',
  'patient',
  'photo',
  'contact',
]

/**
 * Indented JSON in stretches, those lines marked that tell who the patient is. An element with an object or a list is marked
 * with all that is in it. Works line by line on `JSON.stringify(…, 2)`, where an inner line is indented deeper than its owner.
 */
export function markIdentifying(json: string): readonly MarkedPart[] {
  const parts: { text: string; isIdentifying: boolean }[] = []
  let inside: number | undefined
  for (const line of json.split('\n')) {
    const depth = line.length - line.trimStart().length
    if (inside !== undefined && depth <= inside && !/^\s*[\]}]/.test(line)) inside = undefined
    const name = /^\s*"([A-Za-z]+)":/.exec(line)?.[1]
    const begins = inside === undefined && name !== undefined && ELEMENTS.includes(name)
    const isIdentifying = inside !== undefined || begins
    if (begins && /[[{]$/.test(line)) inside = depth
    const last = parts.at(-1)
    if (last?.isIdentifying === isIdentifying) last.text += `\n${line}`
    else parts.push({ text: parts.length === 0 ? line : `\n${line}`, isIdentifying })
    if (inside !== undefined && !begins && depth <= inside) inside = undefined
  }
  return parts
}
