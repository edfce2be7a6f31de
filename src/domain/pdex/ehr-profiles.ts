import type { EhrProfile, EhrProfileId, OwnEhrProfile } from './ehr-profile'

/** Nothing known: the tiers of PDex §51 to §56 in their order, RTF last, and the EHR's answers decide. */
const generic: EhrProfile = {
  attachments: ['bundle', 'pdf', 'html', 'xhtml', 'text', 'rtf'],
  contents: 'several',
  needs: [],
  docStatus: 'final',
  conditions: 'unconfirmed',
  listsRecords: true,
  parallel: 3,
}

/** A vendor's: nothing says that these keep the names of records in `context.related`, or take them. */
const vendor: EhrProfile = { ...generic, listsRecords: false }

/** Shipped, by the sources of PDex facts 6.3. */
const SHIPPED: Readonly<Record<EhrProfileId, EhrProfile>> = {
  generic,
  // US Core 9 §writing-clinical-notes: text and PDF, five megabytes inline.
  'us-core': { ...generic, attachments: ['pdf', 'text'], contents: 'one', maxBytes: 5 * 1024 * 1024 },
  // Millennium R4: exactly one content, no JSON, the author is the signed-in practitioner, period.end.
  oracle: {
    ...vendor,
    attachments: ['pdf', 'html', 'xhtml', 'text', 'rtf'],
    contents: 'one',
    needs: ['author', 'period-end'],
  },
  'oracle-dstu2': {
    ...vendor,
    attachments: ['xhtml'],
    contents: 'one',
    needs: ['author', 'encounter'],
    entries: [],
  },
  // Clinical Notes take plain text in a visit; conditions wait, provisional, to be reconciled.
  epic: {
    ...vendor,
    attachments: ['text'],
    contents: 'one',
    needs: ['author', 'encounter'],
    docStatus: 'preliminary',
    conditions: 'provisional',
    entries: ['AllergyIntolerance', 'Condition'],
    parallel: 1,
  },
  // RTF or C-CDA alone, and this app makes no C-CDA. The authenticator gets it for signing.
  'athena-flow': {
    ...vendor,
    attachments: ['rtf'],
    contents: 'one',
    needs: ['author', 'authenticator'],
    entries: [],
  },
  // Documents enter over its own interface only.
  'athena-one': { ...vendor, attachments: [], entries: [] },
  meditech: { ...vendor, attachments: [], entries: [] },
  eclinicalworks: {
    ...vendor,
    attachments: ['pdf'],
    contents: 'one',
    entries: ['AllergyIntolerance', 'Condition', 'Immunization'],
    parallel: 2,
  },
}

/** The profile that a site chose for an EHR; without one, the generic. */
export function ehrProfile(chosen: EhrProfileId | OwnEhrProfile | undefined): EhrProfile {
  if (chosen === undefined) return generic
  if (typeof chosen === 'string') return SHIPPED[chosen]
  const { like, ...own } = chosen
  return { ...SHIPPED[like], ...own }
}
