import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { expect } from 'vitest'
import type { ApprovedRequest } from '../../domain/crd/guard'
import { fail, type Result } from '../../domain/result'
import { type FakeClock, fakeClock } from '../asking/fake-clock'
import { type FakeWorld, fakeWork, fakeWorld, Shell } from '../asking/fake-work'
import WhatIf from './WhatIf'

const START = new Date(2026, 10, 20, 10, 32).getTime()

export interface Stage {
  readonly clock: FakeClock
  readonly sent: ApprovedRequest[]
  /** Answers the i-th request. */
  readonly answer: (index: number, result: Result<unknown>) => Promise<void>
}

/** The task on screen, with a payer that answers when the test says so. */
export function open(changed: Partial<FakeWorld> = {}): Stage {
  const clock = fakeClock(START)
  const sent: ApprovedRequest[] = []
  const waiting: ((result: Result<unknown>) => void)[] = []
  const world = fakeWorld(clock, {
    invoke: (request, options) => {
      sent.push(request)
      return new Promise((resolve) => {
        waiting.push(resolve)
        options?.signal?.addEventListener('abort', () => resolve(fail({ kind: 'cancelled' })))
      })
    },
    ...changed,
  })
  render(
    <Shell work={fakeWork(world)}>
      <WhatIf />
    </Shell>,
  )
  return {
    clock,
    sent,
    answer: async (index, result) => act(async () => waiting[index]?.(result)),
  }
}

export const box = () => screen.getByLabelText('Service, device, medicine or referral')
export const ask = () => screen.getByRole('button', { name: /^Ask (Acme Health|the payer)$/ })
export const payerColumn = () => screen.getByRole('region', { name: 'What the payer says' })

/** Asks about the site's MRI preset and waits until the request is on the wire. */
export async function askAboutMri(stage: Stage, count = 1) {
  await screen.findByRole('button', { name: 'Ask Acme Health' })
  fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
  fireEvent.click(ask())
  await waitFor(() => expect(stage.sent).toHaveLength(count))
}
