import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What the site's key does: seals what is kept, names people without telling who they are, and chains the log. */
export interface SiteKey {
  /** Short name of the key, kept beside what it sealed. It tells nothing of the key. */
  readonly id: string
  /** AES-256-GCM. `context` is bound to it: sealed content that was moved to another row does not open. */
  seal(content: string, context: string): Buffer
  /** Throws where it was changed, or sealed by another key. */
  open(sealed: Buffer, context: string): string
  /** Equal for equal values; without the key nobody can tell for which. */
  tag(kind: 'user' | 'patient' | 'assertion', value: string): string
  /** A link of the chain: nobody can make one without the key. */
  link(previous: Buffer, content: string): Buffer
}

const KEY_BYTES = 32
const IV_BYTES = 12
const AUTH_BYTES = 16

/** A new key, as the key file has it. */
export const newSiteKey = (): string => randomBytes(KEY_BYTES).toString('base64')

/** Reads a key file: 32 bytes in base64. Throws a sentence. */
export function readSiteKey(text: string): SiteKey {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES) throw new Error(`The site key has to be ${KEY_BYTES} bytes in base64.`)
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES))
  const [sealing, tagging, chaining] = [derive('seal'), derive('tag'), derive('chain')]
  const mac = (secret: Buffer, ...parts: readonly (string | Buffer)[]): Buffer => {
    const hmac = createHmac('sha256', secret)
    for (const part of parts) {
      const bytes = Buffer.from(part)
      // With their lengths: "ab"+"c" is not "a"+"bc".
      hmac.update(`${bytes.length}:`).update(bytes)
    }
    return hmac.digest()
  }
  return {
    id: mac(derive('id'), 'id').toString('base64url').slice(0, 8),
    seal(content, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body])
    },
    open(sealed, context) {
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + AUTH_BYTES))
      const body = sealed.subarray(IV_BYTES + AUTH_BYTES)
      return decipher.update(body, undefined, 'utf8') + decipher.final('utf8')
    },
    tag: (kind, value) => mac(tagging, kind, value).toString('base64url'),
    link: (previous, content) => mac(chaining, previous, content),
  }
}
