import { MemberHistoryPage } from './pages/member-history'
import { expect, expectAccessible, type Sandbox, test } from './sandbox'

/** What one kind of EHR ends with: the content types of each document that it kept, and the words of the report. */
interface Tier {
  readonly personality: string
  readonly kept: readonly (readonly string[])[]
  readonly words: RegExp
  readonly encounter?: string
}

const TIERS: readonly Tier[] = [
  {
    personality: 'documents',
    kept: [['application/fhir+json', 'application/pdf']],
    words: /a PDF together with the records as FHIR data\./,
  },
  {
    personality: 'no-bundle',
    kept: [['application/pdf']],
    words: /, a PDF\. .*did not take it as a PDF together/,
  },
  {
    personality: 'no-pdf',
    kept: [['text/html;charset=utf-8']],
    words: /, a web page \(HTML\)\. .*nor as a PDF\./,
  },
  { personality: 'one-content', kept: [['application/pdf']], words: /, a PDF\./ },
  { personality: 'rtf', kept: [['text/rtf']], words: /, rich text \(RTF\)\./ },
  {
    personality: 'stu3',
    kept: [['application/fhir+json', 'application/pdf']],
    words: /a PDF together with the records as FHIR data\./,
  },
  {
    personality: 'text-only',
    kept: [['text/plain;charset=utf-8']],
    words: /, plain text \(ASCII\)\./,
    encounter: 'jane-roe-visit-today',
  },
]

interface Document {
  readonly content: readonly { readonly attachment: { readonly contentType: string } }[]
}

const kept = async (sandbox: Sandbox): Promise<readonly (readonly string[])[]> =>
  (await sandbox.writes())
    .filter(({ path, status }) => path.endsWith('/DocumentReference') && status === 201)
    .map(({ body }) => (JSON.parse(body) as Document).content.map((c) => c.attachment.contentType))

test.describe('Visits, which never become entries, are kept', () => {
  for (const tier of TIERS)
    test(`by the EHR ${tier.personality} in the best form that it takes, once`, async ({ page, sandbox }) => {
      const history = new MemberHistoryPage(page)
      const launch = sandbox.launch({
        personality: tier.personality,
        ...(tier.encounter !== undefined && { encounter: tier.encounter }),
      })
      await history.start(launch)
      await history.readAll(88)
      await history.selectAllOf('Visits')
      await history.review.click()
      await expect(page.getByText(/^The document is /)).toBeVisible()
      await expectAccessible(page)
      await history.write.click()
      await expect(page.getByRole('heading', { name: /are in the chart/ })).toBeVisible()
      await expect(page.getByText(tier.words).first()).toBeVisible()
      await expectAccessible(page)
      expect(await kept(sandbox)).toEqual(tier.kept)
    })
})

test.describe('An EHR that', () => {
  test('says "created" and keeps nothing is found out: not written, and offered to be saved', async ({
    page,
    sandbox,
  }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({ personality: 'documents', fault: 'forgets@DocumentReference' }))
    await history.readAll(88)
    await history.writeAllOf('Visits')
    await expect(history.done).toBeVisible()
    await expect(page.getByText(/said that it took it, but does not have it/).first()).toBeVisible()
    await expect(page.getByRole('heading', { name: /are in the chart/ })).toHaveCount(0)
    await expect(page.getByText(/^Save \d+ records that could not be written/)).toBeVisible()
    await expectAccessible(page)
  })

  test('drops the answer to a document has it once', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(
      sandbox.launch({ personality: 'one-content', fault: 'drop-after@DocumentReference#1' }),
    )
    await history.readAll(88)
    await history.writeAllOf('Visits')
    await expect(page.getByRole('heading', { name: /are in the chart/ })).toBeVisible()
    const sent = (await sandbox.writes()).filter(({ path }) => path.endsWith('/DocumentReference'))
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1)
    const chart = await (await fetch(`${sandbox.url.ehr}/patients/jane-roe`)).text()
    expect(chart.split(/Outside record – /).length - 1).toBeGreaterThan(0)
  })
})
