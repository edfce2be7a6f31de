import { MemberHistoryPage } from './pages/member-history'
import { expect, test } from './sandbox'

const KINDS = [
  'full',
  'documents',
  'no-bundle',
  'no-pdf',
  'text-only',
  'one-content',
  'rtf',
  'stu3',
  'dstu2',
  'readonly',
] as const

test.describe('Every kind of EHR', () => {
  for (const personality of KINDS)
    test(`${personality} opens the app at a patient, and the way to the member`, async ({
      page,
      sandbox,
    }) => {
      const history = new MemberHistoryPage(page)
      await history.start(sandbox.launch({ personality, patient: 'rosalind-marsh' }))
      await expect(history.find).toBeVisible()
      const failed = (await sandbox.received('ehr')).filter(
        ({ path, status }) => path.startsWith(`/${personality}/fhir/`) && status >= 500,
      )
      expect(failed).toEqual([])
    })

  test('a member with a rich history is read in every section', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({ patient: 'rosalind-marsh' }))
    await history.find.click()
    await history.read.click()
    await expect(
      page.getByRole('heading', { name: /Acme Health sent \d+ records for Rosalind Marsh/ }),
    ).toBeVisible()
    for (const section of [
      'Problems',
      'Allergies',
      'Immunizations',
      'Results',
      'Documents',
      'Devices',
      'Claims',
    ])
      await expect(history.section(section)).toBeVisible()
    await expect(history.section('Problems').getByText('Sick sinus syndrome')).toBeVisible()
  })

  test('a payer that shares not all, answers in part and repeats itself is told of', async ({
    page,
    sandbox,
  }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({ patient: 'paula-finch' }))
    await history.find.click()
    await history.read.click()
    await expect(
      page.getByRole('heading', { name: /Acme Health sent 65 records for Paula Finch/ }),
    ).toBeVisible()
    await expect(page.getByText('not shared with this app')).toBeVisible()
    await expect(page.getByText('These results are not complete', { exact: false })).toBeVisible()
    await expect(page.getByText(/2 records came more than once/)).toBeVisible()
  })
})
