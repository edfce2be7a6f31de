import { fingerprint } from '../document/fingerprint'
import { text } from '../json'
import type { Ports } from '../ports'
import { type HistoryRecord, recordKey } from './record'
import type { WriteContext } from './write-plan'

/**
 * The document's own name, an RFC 6920 `ni` URI: SHA-256 over payer, member, and the records with their versions. The same records
 * have the same name whenever and in whatever form the document is made, so that it is found again.
 */
export async function documentIdentifier(
  records: readonly HistoryRecord[],
  context: WriteContext,
  digest: Ports['digest'],
): Promise<string> {
  const versions = records
    .map(({ resource }) => {
      const version =
        text(resource, 'meta', 'versionId') ??
        text(resource, 'meta', 'lastUpdated') ??
        fingerprint(JSON.stringify(resource))
      return `${recordKey('', resource)} ${version}`
    })
    .sort()
  const named = [context.payerBase, context.member.patientId, ...versions].join('\n')
  const hash = await digest('SHA-256', new TextEncoder().encode(named))
  return `ni:///sha-256;${hash.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`
}

/** The name of the FHIR document that stands beside a PDF, in a DocumentReference of its own (RFC 6920 §3.1: `ct`). */
export const bundleIdentifier = (identifier: string): string => `${identifier}?ct=application/fhir+json`
