import { MemberHistoryPage } from './pages/member-history'
import { WhatIfPage } from './pages/what-if'
import { expect } from './sandbox'
import { chartWith, coverageWith } from './third-party/chart'
import { ORDER_SIGN } from './third-party/payer'
import { launch, signIn, test } from './third-party/stage'

const KIND = 'Service, test or referral'
const creatable = ['Condition', 'Procedure', 'Provenance', 'DocumentReference']
const about = { subject: { reference: 'Patient/mem-1' } }
const records = [
  { resourceType: 'Condition', id: 'k1', ...about, code: { text: 'Old ache' } },
  { resourceType: 'MedicationRequest', id: 'm1', ...about, medicationCodeableConcept: { text: 'A drug' } },
]

test.describe('Opened from a test launcher', () => {
  test('goes through its pages, reads pages of its shared base, and the token stays at the EHR', async ({
    page,
    stage,
  }) => {
    stage.ehr.be({
      next: 'shared',
      pageSize: 2,
      fhirUser: `${stage.ehr.origin}/v/r4/fhir/Practitioner/p1`,
    })
    await signIn(page, stage)
    await expect(page.getByText('Quill, Ada')).toBeVisible()
    await expect(page.getByText('Ordered by Ito Hale')).toBeVisible()
    await expect(page.getByText('Choose from the problem list (5)')).toBeVisible()
    const whatIf = new WhatIfPage(page)
    await whatIf.choose(KIND, 'MRI', /72148/)
    await whatIf.ask.click()
    await expect(page.getByText('Third Health returned no guidance.').first()).toBeVisible()
    expect(stage.payer.received.filter((r) => r.headers.authorization !== undefined)).toEqual([])
  })

  for (const [what, quirks, words] of [
    [
      'without PKCE',
      { discovery: { code_challenge_methods_supported: undefined } },
      'This EHR does not offer the safe sign-in that this app needs.',
    ],
    [
      'with the old discovery alone',
      { oldDiscovery: true },
      'This EHR does not offer the safe sign-in that this app needs.',
    ],
    [
      'whose token endpoint is elsewhere, and not listed',
      { discovery: { token_endpoint: 'https://login.example/token' } },
      'This EHR signs people in at a server that is not set up for this app.',
    ],
  ] as const)
    test(`stops at an EHR ${what} before anything is sent, and says why`, async ({ page, stage }) => {
      stage.ehr.be(quirks)
      await launch(page, stage)
      await expect(page.getByRole('alert')).toContainText(words)
      expect(stage.ehr.received.filter((r) => r.path.includes('/auth/'))).toEqual([])
    })

  test('says so where the sign-in breaks off', async ({ page, stage }) => {
    stage.ehr.be({ tokenError: { status: 500, body: '<h1>Oops</h1>' } })
    await launch(page, stage)
    await page.getByRole('link', { name: 'Login' }).click()
    await page.getByRole('link', { name: 'Ada Quill' }).click()
    await expect(page.getByRole('alert')).toContainText('The EHR did not complete the sign-in.')
  })

  for (const [what, quirks, words] of [
    ['no right to read Coverage', { refuse: { Coverage: 403 } }, 'does not allow this.'],
    ['no Coverage', { chart: chartWith(coverageWith({ beneficiary: undefined })) }, 'no coverage on file'],
    ['a user who is the patient', { fhirUser: 'Patient/42' }, 'did not say which clinician'],
    ['a thin patient', { chart: chartWith({ resourceType: 'Patient', id: '42' }) }, 'Name not known'],
  ] as const)
    test(`opens with ${what}, and says so`, async ({ page, stage }) => {
      stage.ehr.be(quirks)
      await signIn(page, stage)
      await expect(page.getByText(words).first()).toBeVisible()
    })
})

test.describe('A payer of its own making', () => {
  for (const [what, quirks, words] of [
    ['no service for orders', { services: [{ hook: 'order-zap', id: 'z' }, null] }, 'offers no service'],
    ['an empty 200', { answer: 'empty' }, 'No answer from Third Health.'],
    ['204', { answerStatus: 204 }, 'No answer from Third Health.'],
    ['412', { answerStatus: 412 }, 'Third Health lacked data that it needs for this.'],
    [
      'a card without uuid and source, whose summary says covered',
      { services: [ORDER_SIGN], answer: { cards: [{ summary: 'Covered' }], systemActions: null } },
      'did not say whether this is covered',
    ],
  ] as const)
    test(`with ${what} never reads as covered`, async ({ page, stage }) => {
      stage.payer.be(quirks)
      await signIn(page, stage)
      const whatIf = new WhatIfPage(page)
      await whatIf.choose(KIND, 'MRI', /72148/)
      await whatIf.ask.click()
      await expect(page.getByText(words).first()).toBeVisible()
      await expect(whatIf.answer('Third Health').getByText('Covered', { exact: true })).toHaveCount(0)
    })

  test('without CapabilityStatement, that refuses includes, is read all the same', async ({
    page,
    stage,
  }) => {
    stage.payer.be({ refuseIncludes: true, records })
    await signIn(page, stage)
    const history = new MemberHistoryPage(page)
    await history.open()
    await history.readAll(2)
  })

  test('without $member-match is not a payer that knows nobody', async ({ page, stage }) => {
    stage.payer.be({ matchStatus: 404 })
    await signIn(page, stage)
    const history = new MemberHistoryPage(page)
    await history.open()
    await history.find.click()
    await expect(page.getByText('Third Health does not offer to find members from here')).toBeVisible()
  })
})

test.describe('A chart of its own making', () => {
  for (const [what, quirks] of [
    ['hides the place of what it took', {}],
    ['leaves out the identifier of a search', { lenient: true }],
    ['refuses to search by identifier', { searchParameters: ['patient', '_include'] }],
  ] as const)
    test(`that ${what} gets a record once, and is not said to have had it`, async ({ page, stage }) => {
      stage.ehr.be({ creatable, ...quirks })
      stage.payer.be({ records })
      await signIn(page, stage)
      const history = new MemberHistoryPage(page)
      await history.open()
      await history.readAll(2)
      await history.selectAllOf('Problems')
      await history.review.click()
      await history.write.click()
      await expect(page.getByText('Written', { exact: true })).toBeVisible()
      expect(stage.ehr.created.filter((r) => r.resourceType === 'Condition')).toHaveLength(1)
    })
})
