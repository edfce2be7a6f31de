import type { Page } from '@playwright/test'
import { readPages } from '../src/domain/document/pdf-pages.testing'
import { MemberHistoryPage } from './pages/member-history'
import { expect, expectAccessible, type Sandbox, test } from './sandbox'

/** What one kind of EHR ends with: the content types of each document that it kept, and the words of the report. */
interface Tier {
  readonly personality: string
  /** The site's profile of this EHR, where it is not the shipped configuration's; `null`: nothing is known of it. */
  readonly profile?: string | object | null
  /** Status of each document that was sent, in order. */
  readonly answers: readonly number[]
  readonly kept: readonly (readonly string[])[]
  readonly words: RegExp
  readonly encounter?: string
}

const BUNDLE_PDF = ['application/fhir+json', 'application/pdf']
const HTML = 'text/html;charset=utf-8'
const XHTML = 'application/xhtml+xml;charset=utf-8'
const TEXT = 'text/plain;charset=utf-8'
const VISIT = 'jane-roe-visit-today'
/** What a generic profile needs to get past the rules that no form of document can meet. */
const inVisit = { like: 'generic', needs: ['author', 'encounter'] }
const noted = { ...inVisit, docStatus: 'preliminary' }

const BY_PROFILE: readonly Tier[] = [
  {
    personality: 'documents',
    answers: [201],
    kept: [BUNDLE_PDF],
    words: /a PDF together with the records as FHIR data\./,
  },
  {
    personality: 'stu3',
    answers: [201],
    kept: [BUNDLE_PDF],
    words: /a PDF together with the records as FHIR data\./,
  },
  {
    personality: 'documents',
    profile: 'us-core',
    answers: [201],
    kept: [['application/pdf']],
    words: /, a PDF\./,
  },
  {
    personality: 'no-bundle',
    profile: 'eclinicalworks',
    answers: [201],
    kept: [['application/pdf']],
    words: /, a PDF\./,
  },
  { personality: 'one-content', answers: [201], kept: [['application/pdf']], words: /, a PDF\./ },
  {
    personality: 'no-pdf',
    profile: { attachments: ['html', 'text'] },
    answers: [201],
    kept: [[HTML]],
    words: /, a web page \(HTML\)\./,
  },
  {
    personality: 'dstu2',
    answers: [201],
    kept: [[XHTML]],
    words: /, a web page \(strict XHTML\)\./,
    encounter: VISIT,
  },
  {
    personality: 'text-only',
    answers: [201],
    kept: [[TEXT]],
    words: /, plain text \(ASCII\)\./,
    encounter: VISIT,
  },
  { personality: 'rtf', answers: [201], kept: [['text/rtf']], words: /, rich text \(RTF\)\./ },
]

const BY_REFUSAL: readonly Tier[] = [
  {
    personality: 'no-bundle',
    profile: null,
    answers: [422, 201, 422],
    kept: [['application/pdf']],
    words: /, a PDF\. .*did not take it as a PDF together/,
  },
  {
    personality: 'one-content',
    profile: { like: 'generic', needs: ['author', 'period-end'] },
    answers: [422, 201, 422],
    kept: [['application/pdf']],
    words: /, a PDF\. .*did not take it as a PDF together/,
  },
  {
    personality: 'no-pdf',
    profile: null,
    answers: [415, 415, 201],
    kept: [[HTML]],
    words: /, a web page \(HTML\)\. .*nor as a PDF\./,
  },
  {
    personality: 'dstu2',
    profile: inVisit,
    answers: [422, 422, 422, 201],
    kept: [[XHTML]],
    words: /, a web page \(strict XHTML\)\. .*nor as a web page \(HTML\)\./,
    encounter: VISIT,
  },
  {
    personality: 'text-only',
    profile: noted,
    answers: [400, 400, 400, 400, 201],
    kept: [[TEXT]],
    words: /, plain text \(ASCII\)\. .*nor as a web page \(strict XHTML\)\./,
    encounter: VISIT,
  },
  {
    personality: 'rtf',
    profile: null,
    answers: [400, 400, 400, 400, 400, 201],
    kept: [['text/rtf']],
    words: /, rich text \(RTF\)\. .*nor as plain text \(ASCII\)\./,
  },
]

interface Attached {
  readonly contentType: string
  readonly data: string
}

interface Posted {
  readonly content: readonly { readonly attachment: Attached }[]
}

const documents = async (sandbox: Sandbox) =>
  (await sandbox.writes()).filter(({ path }) => path.endsWith('/DocumentReference'))

/** The attachments of each document that the EHR kept. */
const kept = async (sandbox: Sandbox): Promise<readonly (readonly Attached[])[]> =>
  (await documents(sandbox))
    .filter(({ status }) => status === 201)
    .map(({ body }) => (JSON.parse(body) as Posted).content.map((c) => c.attachment))

/** What a reader of the file sees, without spaces: cells of a PDF are wrapped. */
function words({ contentType, data }: Attached): string {
  const bytes = Buffer.from(data, 'base64')
  const text =
    contentType === 'application/pdf'
      ? readPages(new Uint8Array(bytes)).join(' ')
      : bytes.toString('utf8').replace(/<[^>]*>/g, ' ')
  return text.replace(/\s/g, '')
}

/** Gives the app another profile of one EHR. */
async function setProfile(page: Page, personality: string, profile: Tier['profile']): Promise<void> {
  if (profile === undefined) return
  await page.route('**/config.json', async (route) => {
    const answer = await route.fetch()
    const config = (await answer.json()) as { issuers: { issuer: string; ehrProfile?: unknown }[] }
    for (const issuer of config.issuers)
      if (issuer.issuer.includes(`/${personality}/`)) issuer.ehrProfile = profile ?? 'generic'
    await route.fulfill({ response: answer, json: config })
  })
}

for (const [how, tiers] of [
  ['by what is known of it', BY_PROFILE],
  ['by one refusal after another', BY_REFUSAL],
] as const)
  test.describe(`Visits, which never become entries, are kept ${how}`, () => {
    for (const tier of tiers) {
      const title = `${tier.personality}: ${tier.kept[0]?.join(' and ')}${typeof tier.profile === 'string' ? `, ${tier.profile}` : ''}`
      test(`by the EHR ${title}`, async ({ page, sandbox }) => {
        const history = new MemberHistoryPage(page)
        const launch = sandbox.launch({
          personality: tier.personality,
          ...(tier.encounter !== undefined && { encounter: tier.encounter }),
        })
        await setProfile(page, tier.personality, tier.profile)
        await history.start(launch)
        // DSTU2 has no Coverage that this app reads: the clinician enters what is on the card.
        if (tier.personality === 'dstu2') await page.getByLabel(/^Member id at/).fill('AH56712348')
        await history.readAll(88)
        await history.selectAllOf('Visits')
        await history.review.click()
        await expect(page.getByText(/^The document is /)).toBeVisible()
        const visits = await page.locator('.mh-plan .mh-what').allTextContents()
        expect(visits.length).toBeGreaterThan(5)
        await expectAccessible(page)
        await history.write.click()
        await expect(page.getByRole('heading', { name: /are in the chart/ })).toBeVisible()
        await expect(page.getByText(tier.words).first()).toBeVisible()
        await expectAccessible(page)
        expect((await documents(sandbox)).map(({ status }) => status)).toEqual(tier.answers)
        const files = await kept(sandbox)
        expect(files.map((each) => each.map((file) => file.contentType))).toEqual(tier.kept)
        for (const file of files.flat()) {
          for (const visit of visits) expect(words(file)).toContain(visit.replace(/\s/g, ''))
          if (file.contentType !== 'application/fhir+json')
            for (const fact of [
              'Outside records, not verified',
              'Roe',
              'recorded by',
              'passed on by Acme Health',
            ])
              expect(words(file)).toContain(fact.replace(/\s/g, ''))
        }
      })
    }
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

  test('refuses the names of the records in a document gets it without, and the report says so', async ({
    page,
    sandbox,
  }) => {
    const refused: string[] = []
    await page.route(/\/fhir\/DocumentReference$/, async (route) => {
      const body = route.request().postData() ?? ''
      if (!body.includes('"related"')) return route.fallback()
      refused.push(body)
      const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid' }] }
      await route.fulfill({
        status: 422,
        contentType: 'application/fhir+json',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: JSON.stringify(outcome),
      })
    })
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({ personality: 'documents' }))
    await history.readAll(88)
    await history.writeAllOf('Visits')
    await expect(page.getByRole('heading', { name: /are in the chart/ })).toBeVisible()
    await expect(page.getByText(/^Lakeside EHR .*took the document only without the list/)).toBeVisible()
    expect(refused.length).toBeGreaterThan(0)
    expect((await kept(sandbox)).map((each) => each.map((file) => file.contentType))).toEqual([BUNDLE_PDF])
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
