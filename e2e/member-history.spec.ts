import { MemberHistoryPage } from './pages/member-history'
import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, expectNoSidewaysScroll, type Sandbox, test } from './sandbox'

interface Posted {
  readonly resourceType: string
  readonly subject?: { readonly reference: string }
  readonly code?: { readonly text?: string }
  readonly target?: readonly { readonly reference: string }[]
  readonly content?: readonly {
    readonly attachment: { readonly contentType: string; readonly data: string; readonly size: number }
  }[]
}

/** What the EHR was sent to keep, as it arrived. */
async function posted(
  sandbox: Sandbox,
): Promise<readonly (Posted & { readonly status: number; readonly ifNoneExist?: string })[]> {
  return (await sandbox.writes()).map((r) => {
    const ifNoneExist = r.headers['if-none-exist']
    return {
      ...(JSON.parse(r.body) as Posted),
      status: r.status,
      ...(ifNoneExist !== undefined && { ifNoneExist }),
    }
  })
}

test.describe('Outside records', () => {
  test('are found, read, chosen, reviewed and written, each once, with Provenance; the chart shows them', async ({
    page,
    sandbox,
  }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    expect(
      (await sandbox.received('acme')).filter((r) => r.path.startsWith('/fhir')),
      'nothing is fetched before the user asks',
    ).toEqual([])
    await expectAccessible(page)
    await history.find.click()
    await expect(page.getByText(/found one member/)).toBeVisible()
    const early = (await sandbox.received('acme')).map((r) => r.path)
    expect(
      early.filter((path) => /\/fhir\/(Condition|Procedure|Encounter|Medication)/.test(path)),
      'nothing is read before the member is seen',
    ).toEqual([])
    await history.read.click()
    await expect(page.getByRole('heading', { name: /88 records/ })).toBeVisible()
    await expect(page.getByText(/Payer records can be late or incomplete/)).toBeVisible()
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0)
    await expectAccessible(page)
    await history.selectAllOf('Procedures')
    // The chart has one of the eight visits already: a group leaves it out.
    await expect(history.section('Visits').getByText(/^Same in chart/)).toHaveText('Same in chart 1')
    await expect(
      history.section('Visits').getByRole('heading', { name: 'Different from chart 1' }),
    ).toBeVisible()
    await history.selectAllOf('Visits')
    await history.review.click()
    await expect(page.getByText(/8 as chart entries; 7 as an attached document/)).toBeVisible()
    await expect(history.write).toHaveText("Write 15 records to Jane Roe's chart")
    expect(await sandbox.writes(), 'nothing is written before the button').toEqual([])
    await expectAccessible(page)
    await history.write.click()
    await expect(page.getByRole('heading', { name: /report|stored|written/i }).first()).toBeVisible()
    await expect(history.done).toBeVisible()
    await expectAccessible(page)
    const sent = await posted(sandbox)
    const ofType = (type: string) => sent.filter((r) => r.resourceType === type)
    expect(ofType('Procedure').map((r) => r.status)).toEqual(Array(8).fill(201))
    expect(ofType('Procedure').every((r) => r.subject?.reference === 'Patient/jane-roe')).toBe(true)
    expect(
      new Set(ofType('Procedure').map((r) => r.ifNoneExist)).size,
      'conditional, each by its own identifier',
    ).toBe(8)
    expect(ofType('Provenance')).toHaveLength(8)
    expect(ofType('Encounter')).toEqual([])
    const [document, ...more] = ofType('DocumentReference')
    expect(more).toEqual([])
    expect(document?.content?.map((c) => c.attachment.contentType)).toEqual([
      'application/fhir+json',
      'application/pdf',
    ])
    const [bundle, pdf] = (document?.content ?? []).map((c) => Buffer.from(c.attachment.data, 'base64'))
    const inside = JSON.parse(bundle?.toString() ?? '') as {
      readonly type: string
      readonly entry: readonly { readonly resource: { readonly resourceType: string } }[]
    }
    expect(inside.type).toBe('document')
    expect(inside.entry[0]?.resource.resourceType).toBe('Composition')
    expect(inside.entry.filter((e) => e.resource.resourceType === 'Encounter')).toHaveLength(7)
    expect(pdf?.subarray(0, 5).toString()).toBe('%PDF-')
    expect(document?.content?.map((c) => c.attachment.size)).toEqual([bundle?.length, pdf?.length])
    await page.goto(`${sandbox.url.ehr}/patients/jane-roe`)
    for (const procedure of ofType('Procedure'))
      await expect(page.getByText(procedure.code?.text ?? 'no text').first()).toBeVisible()
    await expect(page.getByText(/Outside record/).first()).toBeVisible()
  })

  test('stay selected over a new sign-in at the chart', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({ fault: 'short-token:100,no-refresh' }))
    await history.readAll(88)
    await history.selectAllOf('Procedures')
    await expect(page.getByText('8 of 88 selected')).toBeVisible()
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('button', { name: /Moreno/ }).click()
    await page.getByRole('button', { name: /Roe/ }).first().click()
    await new WhatIfPage(page).opened()
    await history.open()
    await history.readAll(88)
    await expect(page.getByText('8 of 88 selected')).toBeVisible()
    await expect(history.section('Procedures').getByRole('checkbox', { name: /^Select all/ })).toBeChecked()
  })

  test('written a second time add nothing', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    const toRecords = async () => {
      await history.start(sandbox.launch({}))
      await history.readAll(88)
    }
    await toRecords()
    await history.writeAllOf('Procedures')
    await expect(history.done).toBeVisible()
    await toRecords()
    const procedures = history.section('Procedures')
    await procedures.getByText('Same in chart').click()
    await expect(
      procedures.getByText('Already brought into the chart from this payer.').first(),
    ).toBeVisible()
    await expect(procedures.getByRole('checkbox', { name: /^Select all/ })).toHaveCount(0)
    await procedures.getByRole('checkbox', { name: /^All 8 same in chart/ }).check()
    await history.review.click()
    await expect(page.getByText('8 are in the chart already. There is nothing to write.')).toBeVisible()
    await expect(history.write).toHaveCount(0)
    const created = (await posted(sandbox)).filter((r) => r.status === 201)
    expect(created.filter((r) => r.resourceType === 'Procedure')).toHaveLength(8)
    expect(created.filter((r) => r.resourceType === 'Provenance')).toHaveLength(8)
  })

  test('end in a download where the EHR takes nothing, under names without PHI', async ({
    page,
    sandbox,
  }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({ personality: 'readonly' }))
    await history.readAll(88)
    await history.selectAllOf('Problems')
    await history.review.click()
    await expect(page.getByText(/takes no records from apps/)).toBeVisible()
    await history.write.click()
    for (const [button, suffix] of [
      [/PDF/, '.pdf'],
      [/FHIR|bundle|JSON/, '.json'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).first().click(),
      ])
      expect(download.suggestedFilename()).toMatch(/^outside-records-\d{4}-\d{2}-\d{2}/)
      expect(download.suggestedFilename()).toContain(suffix)
      expect(download.suggestedFilename()).not.toMatch(/roe|jane/i)
    }
    expect(await sandbox.writes()).toEqual([])
  })

  test('are written once although the answer to a write was lost', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({ fault: 'drop-after@Procedure#3' }))
    await history.readAll(88)
    await history.writeAllOf('Procedures')
    await expect(history.done).toBeVisible()
    const search = await page.evaluate(() => sessionStorage.length)
    expect(search).toBeGreaterThan(0)
    const created = (await sandbox.writes()).filter((r) => r.path.endsWith('/Procedure'))
    const keys = new Set(created.map((r) => r.headers['if-none-exist']))
    expect(keys.size, 'eight records').toBe(8)
    const chart = await (await fetch(`${sandbox.url.ehr}/patients/jane-roe`)).text()
    expect(chart).toContain('Procedures')
    await expect(page.getByText(/not certain/)).toHaveCount(0)
  })

  test('that the EHR refuses to take as entries go into the document, and the report says why', async ({
    page,
    sandbox,
  }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({ fault: 'narrow-scope' }))
    await history.readAll(88)
    await history.selectAllOf('Procedures')
    await history.review.click()
    await expect(page.getByText(/takes no records from apps/)).toBeVisible()
    expect(await sandbox.writes()).toEqual([])
  })
})

test.describe('The member', () => {
  test('is not found: said in words, not tried again by itself', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await page.getByLabel(/Member id at/).fill('NOBODY-1')
    await history.find.click()
    await expect(page.getByText(/no member/i).first()).toBeVisible()
    await expectAccessible(page)
    const calls = (await sandbox.received('acme')).filter(
      (r) => r.method === 'POST' && r.path.includes('member-match'),
    )
    expect(calls.map((r) => r.status)).toEqual([422])
    expect(calls[0]?.headers.authorization).toBeUndefined()
  })

  test('at a payer that wants a consent is found after the clinician agreed', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({ patient: 'ben-okafor' }))
    await history.find.click()
    await expect(page.getByText(/consent/i).first()).toBeVisible()
    expect(
      (await sandbox.received('borealis')).filter(
        (r) => r.method === 'POST' && r.path.includes('member-match'),
      ),
    ).toHaveLength(1)
    await expectAccessible(page)
    await page.getByRole('checkbox', { name: /has agreed/ }).check()
    await page.getByRole('button', { name: 'Confirm and find at Borealis Mutual' }).click()
    await expect(page.getByText(/found one member/)).toBeVisible()
    const calls = (await sandbox.received('borealis')).filter(
      (r) => r.method === 'POST' && r.path.includes('member-match'),
    )
    expect(calls.map((r) => r.status)).toEqual([422, 200])
    expect(calls[0]?.body).not.toContain('"Consent"')
    expect(calls[1]?.body).toContain('#regular')
  })

  test('of a payer that is down: said, with the line to call', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await sandbox.fault('acme', 'http-500@member-match')
    await history.find.click()
    await expect(page.getByText('Acme Health has a fault of its own.')).toBeVisible()
    await expect(page.getByText(/800 555 0142/).first()).toBeVisible()
  })

  test('whose record type is not shared: said as such, not as none', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await sandbox.fault('acme', 'http-403@Condition')
    await history.find.click()
    await history.read.click()
    await expect(page.getByText('not shared with this app').first()).toBeVisible()
    await expect(page.getByText(/That does not mean that there are none/).first()).toBeVisible()
  })

  test('of a payer behind a gateway, which calls itself otherwise: all is read, and nothing asked for there', async ({
    page,
    sandbox,
  }) => {
    const inner = 'http://fhir.internal:8080/r4'
    const asked: string[] = []
    page.on('request', (request) => request.url().startsWith(inner) && asked.push(request.url()))
    await page.route(/\/fhir\/[A-Z][A-Za-z]+\?/, async (route) => {
      if (!route.request().url().startsWith(sandbox.url.acme)) return route.fallback()
      const answer = await route.fetch()
      const said = (await answer.text())
        .replaceAll(`${sandbox.url.acme}/fhir`, inner)
        .replace(/"reference":\s*"(?=[A-Z][A-Za-z]+\/)/g, `$&${inner}/`)
        // A gateway leaves its own address in what is to be followed.
        .replace(
          new RegExp(`("relation":\\s*"next",\\s*"url":\\s*")${inner}`, 'g'),
          `$1${sandbox.url.acme}/fhir`,
        )
      await route.fulfill({ response: answer, body: said })
    })
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await history.readAll(88)
    await expect(page.getByText(/about somebody else or nobody/)).toHaveCount(0)
    await expect(history.section('Visits').getByText('Northside Hospital').first()).toBeVisible()
    expect(asked).toEqual([])
  })

  test('whose next page leads to another server: it is not followed', async ({ page, sandbox }) => {
    const history = new MemberHistoryPage(page)
    await history.start(sandbox.launch({}))
    await sandbox.fault('acme', `foreign-next:${sandbox.url.borealis}`)
    await history.find.click()
    await history.read.click()
    await expect(page.getByText(/then failed|could not be read/).first()).toBeVisible()
    expect((await sandbox.received('borealis')).filter((r) => r.path.startsWith('/fhir'))).toEqual([])
  })
})

for (const width of [320, 800])
  test(`Member history fits ${width} px in every step, light and dark, by keyboard`, async ({
    page,
    sandbox,
  }) => {
    const history = new MemberHistoryPage(page)
    await page.setViewportSize({ width, height: 640 })
    await page.goto(sandbox.launch({}))
    await new WhatIfPage(page).opened()
    await page.getByRole('link', { name: 'Member history' }).press('Enter')
    await history.find.press('Enter')
    await history.read.press('Enter')
    await expect(page.getByRole('heading', { name: /88 records/ })).toBeVisible()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await history
      .section('Procedures')
      .getByRole('checkbox', { name: /^Select all/ })
      .press('Space')
    await history.review.press('Enter')
    await expect(history.write).toBeVisible()
    await expectNoSidewaysScroll(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectAccessible(page)
    await history.write.press('Enter')
    await expect(history.done).toBeVisible()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  })
