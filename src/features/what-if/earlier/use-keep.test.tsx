// @vitest-environment jsdom
import { act, cleanup, render, renderHook, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { ask } from '../../../domain/crd/ask'
import { payerOf, prepared, worldOf } from '../../../domain/crd/samples.test-data'
import { ok } from '../../../domain/result'
import { fakeClock } from '../../asking/fake-clock'
import { fakeAudit } from '../../asking/fake-stores'
import { fakeWork, fakeWorld, Shell } from '../../asking/fake-work'
import { useKeep } from '../../asking/use-keep'
import EarlierAnswers from './EarlierAnswers'

afterEach(cleanup)

/** A question that was asked, with its outcome. */
async function outcome() {
  const world = worldOf({ cds: payerOf(async () => ok({ cards: [] })) })
  const question = await prepared(world)
  return { question, answer: await ask(question, world, () => undefined) }
}

describe('keeping what was asked', () => {
  it('puts it into the log of this browser, and into a list that is on screen', async () => {
    const audit = fakeAudit()
    const { question, answer } = await outcome()
    let keep: ReturnType<typeof useKeep> | undefined
    const Asker = () => {
      keep = useKeep()
      return null
    }
    render(
      <Shell work={fakeWork(fakeWorld(fakeClock(0), { audit }))}>
        <EarlierAnswers isShown />
        <Asker />
      </Shell>,
    )
    expect(await screen.findByText(/Nothing about this patient is kept yet/)).toBeTruthy()
    await act(async () => keep?.(question, answer))
    expect(audit.held().map(({ entry }) => [entry.hookInstance, entry.outcome, entry.user])).toEqual([
      [question.hookInstance, 'silent', 'Practitioner/dr1'],
    ])
    expect(await screen.findByRole('button', { name: 'Open: MRI of the knee (73721)' })).toBeTruthy()
  })

  it('does not disturb the answer on screen where nothing can be kept', async () => {
    const keep = async () => Promise.reject(new Error('denied'))
    const audit = { ...fakeAudit(), keep }
    const { question, answer } = await outcome()
    const { result } = renderHook(() => useKeep(), {
      wrapper: ({ children }) => (
        <Shell work={fakeWork(fakeWorld(fakeClock(0), { audit }))}>{children}</Shell>
      ),
    })
    await expect(result.current(question, answer)).resolves.toBeUndefined()
  })
})
