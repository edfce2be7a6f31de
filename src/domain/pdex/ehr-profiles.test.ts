import { describe, expect, it } from 'vitest'
import { serverCapability } from '../fhir/capability'
import { type DocumentForm, noRefusals, planDocuments } from './document-form'
import type { EhrProfileId, OwnEhrProfile } from './ehr-profile'
import { ehrProfile } from './ehr-profiles'

const capability = (fhirVersion = '4.0.1', scopes = ['user/*.cruds']) =>
  serverCapability(
    {
      resourceType: fhirVersion.startsWith('1.') ? 'Conformance' : 'CapabilityStatement',
      fhirVersion,
      rest: [
        { mode: 'server', resource: [{ type: 'DocumentReference', interaction: [{ code: 'create' }] }] },
      ],
    },
    scopes,
  )
const world = { ehrName: 'Lakeside EHR', fhirUser: 'Practitioner/7', encounterId: 'e1' }
const formsOf = (
  profile: EhrProfileId | OwnEhrProfile | undefined,
  version?: string,
): readonly DocumentForm[] | string => {
  const plan = planDocuments(capability(version), ehrProfile(profile), world)
  return plan.kind === 'attach' ? plan.forms : plan.why
}

describe('planDocuments', () => {
  it.each<[EhrProfileId | undefined, readonly DocumentForm[]]>([
    [undefined, ['bundle-pdf', 'pdf', 'html', 'xhtml', 'text', 'rtf']],
    ['us-core', ['pdf', 'text']],
    ['oracle', ['pdf', 'html', 'xhtml', 'text', 'rtf']],
    ['oracle-dstu2', ['xhtml']],
    ['epic', ['text']],
    ['athena-flow', ['rtf']],
    ['eclinicalworks', ['pdf']],
  ])('knows what %s takes', (profile, forms) => {
    expect(formsOf(profile)).toEqual(forms)
  })

  it.each(['athena-one', 'meditech'] as const)('knows that %s takes none', (profile) => {
    expect(formsOf(profile)).toMatch(/accepts no attached document/)
  })

  it('attaches to DSTU2 and STU3 too, and not to a release that it cannot write', () => {
    expect(formsOf('generic', '1.0.2')).toContain('bundle-pdf')
    expect(formsOf('generic', '3.0.2')).toContain('bundle-pdf')
    expect(formsOf('generic', '5.0.0')).toMatch(/a version of FHIR that this app does not/)
  })

  it('sends no bundle that nobody could read', () => {
    expect(formsOf({ like: 'generic', attachments: ['bundle', 'text'] })).toEqual(['text'])
    expect(formsOf({ like: 'generic', attachments: ['bundle'] })).toMatch(/accepts no attached/)
  })

  it.each([
    [{ ehrName: 'E', encounterId: 'e1' }, 'epic', /did not say who is signed in/],
    [{ ehrName: 'E', fhirUser: 'Practitioner/7' }, 'epic', /no visit is open/],
    [{ ehrName: 'E' }, 'athena-flow', /did not say who is signed in/],
  ] as const)('says what is missing: %j at %s', (known, profile, why) => {
    const plan = planDocuments(capability(), ehrProfile(profile), known)
    expect(plan).toMatchObject({ kind: 'none', why: expect.stringMatching(why) })
  })

  it('leaves out what was refused in this session', () => {
    const refused = { ...noRefusals, forms: new Set<DocumentForm>(['bundle-pdf', 'pdf']), bundles: true }
    expect(planDocuments(capability(), ehrProfile('generic'), world, refused)).toEqual({
      kind: 'attach',
      forms: ['html', 'xhtml', 'text', 'rtf'],
      bundleBeside: false,
    })
    const none = planDocuments(capability(), ehrProfile('generic'), world, { ...noRefusals, documents: true })
    expect(none.kind).toBe('none')
  })

  it('asks for permission where it is the scope that is missing', () => {
    const plan = planDocuments(capability('4.0.1', ['user/*.rs']), ehrProfile('generic'), world)
    expect(plan).toMatchObject({ kind: 'none', why: expect.stringMatching(/no permission/) })
  })
})
