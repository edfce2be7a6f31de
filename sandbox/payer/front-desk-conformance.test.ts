import { existsSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { complaintsAbout } from '../fhir'
import { COVERAGE_INFORMATION } from './coverage-information'
import { readProfile } from './extension-profile'
import { at, isObject, localReference, objectsIn } from './json'
import { ask, chart, closePayers, plain } from './test-front-desk'

afterAll(closePayers)

describe('every answer', () => {
  const GUIDES: Readonly<Record<string, string>> = {
    acme: '../shared/ig/davinci-crd-2.2.0-preview.tgz',
    borealis: '../shared/ig/davinci-crd-2.0.1.tgz',
    delta: '../shared/ig/davinci-crd-2.1.0.tgz',
  }

  const asked = chart
    .all('Appointment')
    .filter(({ id }) => !id.startsWith('crowd-'))
    .flatMap((appointment) =>
      objectsIn(plain(appointment).participant)
        .flatMap(({ actor }) => localReference(at(actor, 'reference')) ?? [])
        .filter((reference) => reference.startsWith('Patient/'))
        .flatMap((reference) => chart.search('Coverage', `patient=${reference.split('/')[1]}&status=active`))
        .filter(({ id }) => /-(acme|borealis|delta)$/.test(id))
        .filter((coverage) => String(at(coverage, 'period', 'end') ?? '9') >= '2026-11-20')
        .map((coverage) => ({ appointment: appointment.id, coverage })),
    )

  it('about the two weeks is valid FHIR, and its extensions fit the payer’s guide', async () => {
    expect(asked.length).toBeGreaterThan(80)
    const profiles = new Map(
      Object.entries(GUIDES)
        .filter(([, guide]) => existsSync(guide))
        .map(([payer, guide]) => [payer, readProfile(guide)] as const),
    )
    const complaints = new Set<string>()
    for (const { appointment, coverage } of asked) {
      const reply = await ask(appointment, coverage.id)
      for (const action of reply.systemActions) {
        if (!isObject(action.resource)) continue
        const { extension, ...resource } = action.resource
        for (const complaint of complaintsAbout({ ...resource, resourceType: String(resource.resourceType) }))
          complaints.add(`${appointment}: ${complaint.diagnostics}`)
        const profile = profiles.get(coverage.id.split('-').at(-1) ?? '')
        for (const one of objectsIn(extension).filter(({ url }) => url === COVERAGE_INFORMATION))
          for (const complaint of profile?.complaints(one) ?? [])
            complaints.add(`${appointment}: ${complaint}`)
      }
    }
    expect(complaints).toEqual(new Set())
  }, 20_000)
})
