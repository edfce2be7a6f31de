import { Fhir } from 'fhir'
import { describe, expect, it } from 'vitest'
import { type FhirJson, objects } from '../json'
import { broken, fromPackage, guides, isThere } from './guide-profiles.test-data'
import { type HookSubject, hookSubject } from './hook-context'
import { asking, device, dispatch, hypothetical, visit } from './question.test-data'
import { fhirBase, mri } from './samples.test-data'
import type { Scenario } from './scenario'

const frame = {
  session: { fhirBase, fhirUser: 'Practitioner/dr1' },
  coverageId: 'cov1',
  authoredOn: '2026-11-20T12:00:00Z',
}
const adapters = {
  'davinci-crd-2.0.1': { version: '2.0.1', dispatch: '1.0', contentSpelling: 'plain', followsBasedOn: true },
  'davinci-crd-2.2.0-preview': {
    version: '2.2',
    dispatch: '1.1',
    contentSpelling: 'escaped',
    followsBasedOn: true,
  },
} as const
const newest = adapters['davinci-crd-2.2.0-preview']

function subjectOf(given: Scenario, adapter: (typeof adapters)[keyof typeof adapters] = newest): HookSubject {
  const subject = hookSubject(given, frame, adapter)
  if (!subject.ok) throw new Error(JSON.stringify(subject.problem))
  return subject.value
}

describe.each(guides)('the CRD profiles of %s', (guide) => {
  const name = guide.includes('2.0.1') ? 'davinci-crd-2.0.1' : 'davinci-crd-2.2.0-preview'
  const isOld = name === 'davinci-crd-2.0.1'
  const appointments = [
    visit,
    { ...visit, id: 'a2', basedOn: ['draft-1', 'draft-2'] },
    { ...visit, id: 'a3', time: { kind: 'between', start: '2026-12-10', end: '2026-12-20' } },
  ] as const
  const booked = asking({ hook: 'appointment-book', appointments }, { orders: [mri, device] })
  const rows: readonly (readonly [string, Scenario, readonly string[]])[] = [
    ['Appointment', booked, isOld ? ['appointment'] : ['appointment-base', 'appointment-no-order']],
    [
      'Encounter',
      asking({ hook: 'encounter-start', encounter: hypothetical }, { orders: [] }),
      ['encounter'],
    ],
    ...(isOld ? [] : [['Task', asking(dispatch), ['task-dispatch']] as const]),
  ]
  it.skipIf(!isThere(guide)).each(rows)('are kept by a hypothetical %s', (type, given, profiles) => {
    const made = subjectOf(given, adapters[name]).hypotheticals.filter((each) => each.resourceType === type)
    expect(made.length).toBeGreaterThan(0)
    for (const resource of made) {
      for (const profile of profiles)
        expect(broken(fromPackage(guide, `StructureDefinition-profile-${profile}.json`), resource)).toEqual(
          [],
        )
      const report = new Fhir().validate(JSON.parse(JSON.stringify(resource)), { errorOnUnexpected: true })
      expect(
        report.messages.filter((each) => each.severity === 'error' || each.severity === 'fatal'),
      ).toEqual([])
    }
  })

  it.skipIf(!isThere(guide) || isOld)(
    'are kept by an appointment with an order, and find one without',
    () => {
      const profile = fromPackage(guide, 'StructureDefinition-profile-appointment-with-order.json')
      const [without, based] = subjectOf(booked).hypotheticals as readonly [FhirJson, FhirJson]
      expect(broken(profile, based)).toEqual([])
      expect(broken(profile, without)).toHaveLength(1)
      expect(objects(based, 'basedOn')).toEqual([
        { reference: 'ServiceRequest/draft-1' },
        {
          extension: [
            {
              url: 'http://hl7.org/fhir/StructureDefinition/alternate-reference',
              valueReference: { reference: 'DeviceRequest/draft-2' },
            },
          ],
        },
      ])
    },
  )

  it.skipIf(!isThere(guide) || isOld)('find what is missing', () => {
    const profile = fromPackage(guide, 'StructureDefinition-profile-task-dispatch.json')
    const [, task] = subjectOf(asking(dispatch)).hypotheticals
    const { focus: _, ...bare } = task as FhirJson
    expect(broken(profile, { ...bare, resourceType: 'Task', status: 'ready' })).toHaveLength(2)
  })
})
