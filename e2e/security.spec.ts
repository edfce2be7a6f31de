import { WhatIfPage } from './pages/what-if'
import { expect, test } from './sandbox'

test.describe('The served app', () => {
  test('has a strict policy made from the configuration', async ({ sandbox }) => {
    const answer = await fetch(`${sandbox.url.app}/`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe|\*/)
    const connect = policy.split('; ').find((part) => part.startsWith('connect-src'))
    const { ehr, acme, borealis, cedar, delta, oddity, terminology } = sandbox.url
    const reached = [ehr, acme, borealis, cedar, delta, oddity, terminology]
    expect(connect).toBe(`connect-src 'self' ${reached.join(' ')}`)
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('lets no script in by the page, and reaches no other origin', async ({ page, sandbox }) => {
    await page.goto(sandbox.launch({}))
    await new WhatIfPage(page).opened()
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.body.append(script)
      const reached = await fetch('http://localhost:1/').then(
        () => true,
        () => false,
      )
      return { injected: 'injected' in window, reached }
    })
    expect(outcome).toEqual({ injected: false, reached: false })
  })
})

test('The EHR’s token goes to the EHR alone, in what-if and member history', async ({ page, sandbox }) => {
  await page.goto(sandbox.launch({}))
  const whatIf = new WhatIfPage(page)
  await whatIf.opened()
  await whatIf.choose('Device or supply', 'CPAP', /E0601/)
  await whatIf.ask.click()
  await expect(whatIf.answer('Acme Health')).toContainText('Prior authorization')
  await page.getByRole('link', { name: 'Member history' }).click()
  await page.getByRole('button', { name: /^Find at/ }).click()
  await page.getByRole('button', { name: /^Read/ }).click()
  await expect(page.getByRole('heading', { name: /\d+ records/ })).toBeVisible()
  const tokens = (await sandbox.received('ehr')).flatMap(
    (r) => r.headers.authorization?.replace('Bearer ', '') ?? [],
  )
  expect(tokens.length).toBeGreaterThan(3)
  const elsewhere = [...(await sandbox.received('acme')), ...(await sandbox.received('borealis'))]
  expect(elsewhere.length).toBeGreaterThan(5)
  for (const request of elsewhere) {
    expect(request.headers.authorization).toBeUndefined()
    expect(request.headers.referer).toBeUndefined()
    expect(request.headers.cookie).toBeUndefined()
    for (const token of tokens) expect(request.body + request.path).not.toContain(token)
  }
})
