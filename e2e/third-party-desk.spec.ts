import type { Page } from '@playwright/test'
import { FrontDeskPage } from './pages/front-desk'
import { expect } from './sandbox'
import { chartWith, type Resource } from './third-party/chart'
import { launch, type Stage, test } from './third-party/stage'

const role = (practitioner: string, code = 'desk'): Resource => ({
  resourceType: 'PractitionerRole',
  id: 'r1',
  practitioner: { reference: `Practitioner/${practitioner}` },
  code: [{ coding: [{ system: 'https://clinic.example/roles', code }] }],
})
const visit = (id: string, start: string): Resource => ({
  resourceType: 'Appointment',
  id,
  status: 'booked',
  serviceType: [
    {
      text: 'Allergy shot',
      coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '95115', display: 'Shot' }],
    },
  ],
  start,
  end: start.replace('09:00', '09:20'),
  participant: [
    { actor: { reference: 'Patient/42' } },
    { actor: { reference: 'Practitioner/p1', display: 'Ito Hale' } },
  ],
})
const chart = chartWith(role('p1'), visit('v1', '2019-01-02T09:00:00Z'), visit('v2', '2099-01-02T09:00:00Z'))
const BOOK = {
  hook: 'appointment-book',
  id: 'book',
  description: 'Books',
  prefetch: { coverage: 'Coverage?patient={{context.patientId}}&status=active&_include=Coverage:payor' },
}
/** "Covered" to the one appointment that was asked about. */
const covered = (request: unknown) => {
  const { context } = request as { context: { appointments: { entry: { resource: object }[] } } }
  const extension = ['covered', 'no-auth'].map((valueCode, i) => ({
    url: i === 0 ? 'covered' : 'pa-needed',
    valueCode,
  }))
  const url = 'http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information'
  const coverage = { url: 'coverage', valueReference: { reference: 'Coverage/900' } }
  const resource = {
    ...context.appointments.entry[0]?.resource,
    extension: [{ url, extension: [coverage, ...extension] }],
  }
  return { cards: [], systemActions: [{ type: 'update', description: 'Coverage', resource }] }
}

/** Signs in without a patient, as an EHR's own menu opens an app. */
async function openDesk(page: Page, stage: Stage, scope: string): Promise<void> {
  await launch(page, stage)
  await page.getByRole('link', { name: 'Login' }).click()
  await page.getByRole('link', { name: 'Ada Quill' }).click()
  await expect(page.getByText('Front desk: nothing is booked, ordered or written.')).toBeVisible()
  expect(scope).not.toContain('patient/')
}

async function findAda(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('Quill')
  await page.getByRole('textbox', { name: 'Birth date' }).fill('1971-02-03')
  await page.keyboard.press('Enter')
}

test.describe('A front desk at an EHR of its own making', () => {
  for (const [what, scope, fhirUser] of [
    ['v1 scopes and a role that is searched for', 'launch openid fhirUser user/*.read', 'Practitioner/p1'],
    [
      'v2 scopes and a user who is a role',
      'launch openid fhirUser user/Patient.rs user/Appointment.rs user/Coverage.rs user/Organization.rs user/PractitionerRole.rs',
      'PractitionerRole/r1',
    ],
  ] as const)
    test(`opens for ${what}, without includes, dates and names`, async ({ page, stage }) => {
      const searchParameters = ['practitioner', 'patient', 'status', 'family', 'birthdate', '_count']
      stage.ehr.be({ chart, fhirUser, searchParameters, token: { patient: undefined, scope } })
      stage.payer.be({ services: [BOOK], answerTo: covered })
      await openDesk(page, stage, scope)
      await findAda(page)
      await page.getByRole('button', { name: 'Ask for Ada Quill' }).click()
      await expect(page.getByText('from the appointment on 02-Jan-2099')).toBeVisible()
      const desk = new FrontDeskPage(page)
      await expect(await desk.answered('Third Health')).toContainText(
        'Yes: covered. No authorization needed.',
      )
      const calls = stage.payer.received.filter(({ method }) => method === 'POST')
      expect(calls).toHaveLength(1)
      expect(calls[0]?.headers.authorization).toBeUndefined()
      expect(
        stage.ehr.received.filter(({ method, path }) => method !== 'GET' && !path.includes('/auth/')),
      ).toEqual([])
    })

  test('says which patients and visits it may not look for, and what to do', async ({ page, stage }) => {
    const scope = 'launch openid fhirUser user/PractitionerRole.rs user/Patient.rs'
    stage.ehr.be({ chart, refuse: { Patient: 403 }, token: { patient: undefined, scope } })
    await openDesk(page, stage, scope)
    await findAda(page)
    await expect(page.getByRole('alert').filter({ hasText: 'does not allow this' })).toContainText(
      'No patient was looked up, and nothing was sent to any payer.',
    )
    stage.ehr.be({
      chart,
      refuse: { Appointment: 403, Encounter: 403, Coverage: 403 },
      token: { patient: undefined, scope },
    })
    await page.getByRole('button', { name: 'Find the patient' }).click()
    await page.getByRole('button', { name: 'Ask for Ada Quill' }).click()
    await expect(page.getByText('The appointments could not be read.')).toBeVisible()
    await expect(page.getByText('The coverages of this patient were not read')).toBeVisible()
  })

  test('stays closed to a user of another role who brings no patient, and reads none', async ({
    page,
    stage,
  }) => {
    const scope = 'launch openid fhirUser user/*.read'
    stage.ehr.be({ chart: chartWith(role('p1', 'nurse')), token: { patient: undefined, scope } })
    await openDesk(page, stage, scope)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'The EHR did not say which patient this is about.',
    )
    await expect(page.getByRole('alert')).toContainText('Open a patient’s chart first')
    expect(stage.ehr.received.filter(({ path }) => /\/Patient\b/.test(path))).toEqual([])
  })
})
