import { isObject, isResource, type JsonObject } from '../json'

/** Places where another Patient is named rightly: whose plan it is, and earlier records of the same person. */
const mayNameOthers: Readonly<Record<string, readonly string[]>> = {
  Coverage: ['subscriber', 'policyHolder', 'payor'],
  Patient: ['link'],
}

interface Place {
  readonly value: unknown
  /** The resource type and its element that the value lies in. */
  readonly type: string
  readonly element: string
}

/** Every value in JSON with the resource element it lies in. Iterative, so that depth does no harm. */
function* everyPlace(json: unknown): Generator<Place & { readonly key: string }> {
  const open: (Place & { readonly key: string })[] = [{ value: json, type: '', element: '', key: '' }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    yield place
    const { value, type, element, key } = place
    if (Array.isArray(value)) for (const item of value) open.push({ value: item, type, element, key })
    else if (isObject(value)) {
      const own = isResource(value) ? value.resourceType : undefined
      for (const [name, child] of Object.entries(value))
        open.push({
          value: child,
          type: own ?? type,
          element: own !== undefined || element === '' ? name : element,
          key: name,
        })
    }
  }
}

/** Whether JSON carries or refers to a Patient other than this one. Whose plan a coverage is may be another person. */
export function namesOtherPatient(json: unknown, patientId: string, fhirBase: string): boolean {
  for (const { value, type, element, key } of everyPlace(json)) {
    if (isResource(value) && value.resourceType === 'Patient' && value.id !== patientId) return true
    if (key !== 'reference' || typeof value !== 'string') continue
    if (mayNameOthers[type]?.includes(element)) continue
    // A conditional reference names nobody that could be compared.
    if (/(^|\/)Patient\?/.test(value)) return true
    const found = /^(.*?)\/?Patient\/([^/]+)(?:\/_history\/[^/]+)?$/.exec(value)
    if (found === null) continue
    const [, base, id] = found
    if (id !== patientId || (base !== '' && base !== fhirBase)) return true
  }
  return false
}

/** Whether JSON carries anything that looks like a credential, or is one of these. */
export function carriesToken(json: JsonObject, secrets: readonly string[]): boolean {
  for (const { value, key } of everyPlace(json)) {
    if (/^(fhirAuthorization|access_token|refresh_token|id_token)$/.test(key)) return true
    if (typeof value !== 'string') continue
    if (/^bearer\s/i.test(value) || /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(value)) return true
    if (secrets.some((secret) => secret !== '' && value.includes(secret))) return true
  }
  return false
}
