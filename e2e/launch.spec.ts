import { WhatIfPage } from './pages/what-if'
import { expect, expectAccessible, test } from './sandbox'

test.describe('A launch', () => {
  test('by the EHR opens What-if about the chart’s patient, with one exchange of the code', async ({
    page,
    sandbox,
  }) => {
    await page.goto(sandbox.launch({}))
    await new WhatIfPage(page).opened()
    const banner = page.getByRole('region', { name: 'Patient' })
    await expect(banner).toContainText('Roe, Jane')
    await expect(banner).toContainText('14-Jul-1965')
    await expect(banner).toContainText('Female')
    await expect(banner).toContainText('0045-1187')
    const tokens = (await sandbox.received('ehr')).filter((r) => r.path.endsWith('/oauth/token'))
    expect(tokens.map((r) => r.status)).toEqual([200])
    expect(tokens[0]?.body).toContain('code_verifier=')
    await expectAccessible(page)
  })

  test('survives a reload without a second exchange', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({}))
    await new WhatIfPage(page).opened()
    await page.reload()
    await new WhatIfPage(page).opened()
    const tokens = (await sandbox.received('ehr')).filter((r) => r.path.endsWith('/oauth/token'))
    expect(tokens).toHaveLength(1)
  })

  test('standalone signs in, picks a patient and opens', async ({ page, sandbox }) => {
    await page.goto(`${sandbox.url.app}/`)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Sign in at Lakeside EHR', exact: true }).click()
    await page.getByRole('button', { name: /Moreno/ }).click()
    await page.getByRole('button', { name: /Roe/ }).first().click()
    await new WhatIfPage(page).opened()
  })

  test('keeps PHI and tokens out of title, address and storage that outlives the tab', async ({
    page,
    sandbox,
  }) => {
    await page.goto(sandbox.launch({}))
    await new WhatIfPage(page).opened()
    expect(await page.title()).toBe('Beforehand')
    expect(page.url()).not.toMatch(/jane|roe|code=|token/i)
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toMatch(/jane|roe|token|0045/i)
  })

  test('without need_patient_banner leaves the banner to the EHR', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({ need_patient_banner: 'false' }))
    await new WhatIfPage(page).opened()
    await expect(page.getByRole('region', { name: 'Patient' })).toHaveCount(0)
  })

  test('of two patients in two tabs never mixes them', async ({ page, sandbox, context }) => {
    await page.goto(sandbox.launch({}))
    await new WhatIfPage(page).opened()
    const other = await context.newPage()
    await other.goto(sandbox.launch({ patient: 'zofia-zolc' }))
    await new WhatIfPage(other).opened()
    await page.reload()
    await other.reload()
    await expect(page.getByRole('region', { name: 'Patient' })).toContainText('Roe, Jane')
    await expect(other.getByRole('region', { name: 'Patient' })).toContainText('Żółć, Żofia')
    await other.close()
  })

  test('of two patients in two frames of one window never mixes them, also after a reload', async ({
    page,
    sandbox,
  }) => {
    await page.goto(`${sandbox.url.ehr}/`)
    await page.evaluate(
      ([first, second]) => {
        document.body.innerHTML = `<iframe name="one" width="640" height="500" src="${first}"></iframe><iframe name="two" width="640" height="500" src="${second}"></iframe>`
      },
      [sandbox.launch({}), sandbox.launch({ patient: 'zofia-zolc' })],
    )
    const [one, two] = [page.frameLocator('[name=one]'), page.frameLocator('[name=two]')]
    await expect(one.getByRole('region', { name: 'Patient' })).toContainText('Roe, Jane')
    await expect(two.getByRole('region', { name: 'Patient' })).toContainText('Żółć')
    await page.frame('one')?.evaluate(() => location.reload())
    await expect(one.getByRole('region', { name: 'Patient' })).toContainText('Roe, Jane')
    await page.frame('two')?.evaluate(() => location.reload())
    await expect(two.getByRole('region', { name: 'Patient' })).toContainText('Żółć')
  })
})

const refusals = [
  ['deny', 'The EHR did not give this app access.'],
  ['bad-client', 'The EHR does not know this app.'],
  ['no-patient', 'The EHR did not say which patient this is about.'],
  ['no-scope', 'The EHR gave this app no right to read the chart.'],
] as const

test.describe('A refusal by the EHR', () => {
  for (const [fault, title] of refusals)
    test(`is explained: ${fault}`, async ({ page, sandbox }) => {
      await page.goto(sandbox.launch({ fault }))
      await expect(page.getByRole('alert')).toContainText(title)
      await expectAccessible(page)
      expect(await sandbox.received('acme')).toEqual([])
      expect(await sandbox.received('borealis')).toEqual([])
    })

  test('of the patient’s record is explained and can be tried again', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({ fault: 'http-500@Patient#1' }))
    await expect(page.getByRole('alert').first()).toContainText('Lakeside EHR has a fault of its own.')
    await expect(page.getByText('Nothing was sent to any payer.')).toBeVisible()
    await page.getByRole('button', { name: 'Try again' }).click()
    await new WhatIfPage(page).opened()
  })
})

test.describe('What did not come from a listed EHR', () => {
  test('an issuer that is not listed is refused before anything is sent to it', async ({ page, sandbox }) => {
    await page.goto(`${sandbox.url.app}/?iss=${encodeURIComponent(`${sandbox.url.acme}/fhir`)}&launch=abc`)
    await expect(page.getByRole('alert')).toContainText('This EHR is not set up for this app.')
    expect(await sandbox.received('acme')).toEqual([])
  })

  test('parameters in the address do not override the configuration', async ({ page, sandbox }) => {
    const launch = await fetch(sandbox.launch({}), { redirect: 'manual' })
    const target = new URL(launch.headers.get('location') ?? '')
    target.searchParams.set('clientId', 'evil')
    target.searchParams.set('patientId', 'ben-okafor')
    target.searchParams.set('fhirServiceUrl', `${sandbox.url.acme}/fhir`)
    await page.goto(target.href)
    await new WhatIfPage(page).opened()
    await expect(page.getByRole('region', { name: 'Patient' })).toContainText('Roe, Jane')
    const authorize = (await sandbox.received('ehr')).find((r) => r.path.includes('/oauth/authorize'))
    expect(authorize?.path).toContain('client_id=beforehand')
    expect(
      await sandbox.received('acme').then((all) => all.filter((r) => r.path.startsWith('/fhir'))),
    ).toEqual([])
  })

  test('a state nobody knows says to open the app again', async ({ page, sandbox }) => {
    await page.goto(`${sandbox.url.app}/?state=unknown&code=abc`)
    await expect(page.getByRole('alert')).toContainText('This window no longer knows its sign-in.')
  })

  test('a wrong configuration names its field', async ({ page, sandbox }) => {
    await page.route('**/config.json', (route) =>
      route.fulfill({
        json: {
          issuers: [{ issuer: 'http://ehr.example/fhir', name: 'X', clientId: 'x', scopes: 'y' }],
          payers: [],
        },
      }),
    )
    await page.goto(`${sandbox.url.app}/`)
    await expect(page.getByRole('alert')).toContainText('The configuration of this app is wrong.')
    await page.getByText('For the person who looks after this app').click()
    await expect(page.getByText(/issuers\.0\.issuer: must be an https URL/)).toBeVisible()
  })
})
