import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { newKeyFiles } from '../server/relay/new-key-files'

interface Options {
  /** The app's configuration, which the relay serves. */
  readonly site: string
  /** Where browsers find the relay. */
  readonly publicUrl: string
  /** Ids of the payers that it signs for. */
  readonly payers: readonly string[]
  /** `fhirUser` of who may look into its log. */
  readonly auditors: readonly string[]
  /** `postgres://…`; the sandbox begins anew at each start, and so does its log. */
  readonly database?: string
}

/** A relay's configuration and new keys, beside the app's own configuration. Gives the file's path. */
export async function relayFiles({
  site,
  publicUrl,
  payers,
  auditors,
  database = 'memory://',
}: Options): Promise<string> {
  const name = `relay-${new URL(publicUrl).port}`
  const folder = join(dirname(site), name)
  rmSync(folder, { recursive: true, force: true })
  await newKeyFiles(folder)
  const file = join(folder, 'relay.json')
  const config = {
    site,
    publicUrl,
    database,
    siteKey: 'site.key',
    signingKeys: 'signing.json',
    audit: { users: auditors },
    earlierAnswers: 'all',
    payers: Object.fromEntries(
      payers.map((id) => [
        id,
        { credential: { kind: 'jwt' }, reads: true, records: { credential: { kind: 'none' } } },
      ]),
    ),
  }
  writeFileSync(file, JSON.stringify(config, null, 2))
  return file
}
