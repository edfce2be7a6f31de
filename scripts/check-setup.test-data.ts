import { checkSetup } from '../src/domain/setup/check'
import type { Checked, Finding } from '../src/domain/setup/finding'
import { siteWorld } from './setup-world'

export const APP = 'http://localhost:7460'
export const limit = { timeoutMs: 5_000, newId: () => crypto.randomUUID() }

const SCOPES =
  'openid fhirUser online_access patient/*.rs patient/Condition.c patient/DocumentReference.c user/Practitioner.rs'

/** A site with one EHR and one payer. */
export const site = (ehr: string, payer: Readonly<Record<string, unknown>>) => ({
  issuers: [{ issuer: ehr, name: 'Lakeside', clientId: 'beforehand', scopes: SCOPES }],
  payers: [{ id: 'acme', name: 'Acme', identifiers: [{ system: 's', value: '1' }], ...payer }],
})

export const finding = (
  checked: readonly Checked[],
  kind: Checked['kind'],
  what: string,
): Finding | undefined =>
  checked.find((each) => each.kind === kind)?.findings.find((each) => each.what === what)

/** Checks such a site without a relay. */
export const check = (ehr: string, payer: Readonly<Record<string, unknown>>, timeoutMs = 5_000) =>
  checkSetup(siteWorld(site(ehr, payer), APP, { ...limit, timeoutMs }))
