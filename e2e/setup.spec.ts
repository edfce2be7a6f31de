import { expect, expectAccessible, test } from './sandbox'

test.describe('The set-up check', () => {
  test('says which servers a browser may ask, asks nobody about a patient, and fits a narrow frame', async ({
    page,
    sandbox,
  }) => {
    await sandbox.fault('borealis', 'no-cors')
    await page.goto(`${sandbox.url.app}/`)
    await page.getByRole('link', { name: 'Check the set-up of this app' }).click()
    await page.getByRole('button', { name: 'Check now' }).click()
    await expect(page.getByRole('heading', { name: /16 servers: \d+ to mend/ })).toBeVisible({
      timeout: 40_000,
    })

    const borealis = page.getByRole('article', { name: 'Payer: Borealis Mutual' })
    await expect(borealis.getByText('To mend').first()).toBeVisible()
    await expect(borealis.getByText(/answers, but lets no browser read it/).first()).toBeVisible()

    const chart = page.getByRole('article', { name: 'EHR: Lakeside EHR', exact: true })
    await expect(chart.getByText('To mend')).toHaveCount(0)
    await chart.getByText(/things fine/).click()
    await expect(chart.getByText('Calls from browsers: reading and writing the chart')).toBeVisible()

    const acme = page.getByRole('article', { name: 'Payer: Acme Health' })
    await acme.getByText(/things fine/).click()
    await expect(acme.getByText(/CRD 2\.2 is spoken/).first()).toBeVisible()
    await expectAccessible(page)
    await page.setViewportSize({ width: 320, height: 700 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)

    expect(await sandbox.hooks('acme')).toEqual([])
    expect(await sandbox.writes()).toEqual([])
    const asked = (await sandbox.received('ehr')).map(({ path }) => path)
    expect(asked.filter((path) => /Patient\/|patient=/.test(path))).toEqual([])
  })
})
