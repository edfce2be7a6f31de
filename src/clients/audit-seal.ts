import { isObject } from '../domain/json'

/** Encrypted JSON (AES-GCM). */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly body: ArrayBuffer
}

/** A key that can be used here and never read out. */
export const newKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

/** Whether storage gave a key as `newKey` makes them. */
export const isKey = (value: unknown): value is CryptoKey =>
  value instanceof CryptoKey && value.algorithm.name === 'AES-GCM' && !value.extractable

/** `label` is bound to the content: under another label it cannot be opened. */
export async function seal(key: CryptoKey, label: string, content: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const body = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encode(label) },
    key,
    encode(JSON.stringify(content)),
  )
  return { iv, body }
}

/** The content; undefined where it cannot be opened with this key and label. */
export async function unseal(key: CryptoKey, label: string, sealed: unknown): Promise<unknown> {
  if (!isObject(sealed) || !(sealed.iv instanceof Uint8Array) || !(sealed.body instanceof ArrayBuffer))
    return undefined
  try {
    const body = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: new Uint8Array(sealed.iv), additionalData: encode(label) },
      key,
      sealed.body,
    )
    return JSON.parse(new TextDecoder().decode(body)) as unknown
  } catch {
    return undefined
  }
}

const encode = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words)
