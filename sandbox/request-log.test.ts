import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { RequestLog } from './request-log'

it('keeps what was answered, and leaves out what began before it was cleared', async () => {
  const log = new RequestLog()
  const answers: (() => void)[] = []
  const app = new Hono()
  app.use(log.middleware)
  app.get('/slow', async (c) => {
    await new Promise<void>((resolve) => answers.push(resolve))
    return c.text('at last')
  })
  const before = app.request('/slow?begun=before')
  log.clear()
  const after = app.request('/slow?begun=after')
  await expect.poll(() => answers.length).toBe(2)
  for (const answer of answers) answer()
  await Promise.all([before, after])
  expect(log.all().map(({ path, status }) => [path, status])).toEqual([['/slow?begun=after', 200]])
})
