import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSigningKeys } from './signing-keys'
import { newSiteKey } from './site-key'

/** For their owner's eyes alone. */
const MODE = 0o600

/** Makes `site.key` and `signing.json`; never over files that are there. Says what was made. */
export async function newKeyFiles(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const files = { siteKey: join(folder, 'site.key'), signing: join(folder, 'signing.json') }
  for (const file of Object.values(files))
    if (existsSync(file)) throw new Error(`${file} is there already. Nothing was changed.`)
  const kid = new Date().toISOString().slice(0, 10)
  writeFileSync(files.siteKey, `${newSiteKey()}\n`, { mode: MODE, flag: 'wx' })
  writeFileSync(files.signing, `${JSON.stringify(await newSigningKeys(kid), null, 2)}\n`, {
    mode: MODE,
    flag: 'wx',
  })
  return `Made ${files.siteKey} and ${files.signing}. Without the first the log cannot be read: keep a copy elsewhere.`
}
