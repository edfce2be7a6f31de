// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { fail } from '../domain/result'
import { fakeClock } from '../features/asking/fake-clock'
import { fakeWork, fakeWorld, Shell } from '../features/asking/fake-work'
import { Tasks } from './Tasks'

afterEach(() => {
  cleanup()
  location.hash = ''
})

const refused = async () => fail({ kind: 'refused', rule: 'test', message: 'Not used here.' } as const)

function open(hash: string) {
  location.hash = hash
  render(
    <Shell work={fakeWork(fakeWorld(fakeClock(0)))}>
      <Tasks
        card="absent"
        chartWriter={{ create: refused }}
        banner={null}
        themeSelect={null}
        sessionWatch={null}
      />
    </Shell>,
  )
}

const tabs = () => screen.getAllByRole('link').map((link) => link.textContent)
const current = () => screen.getAllByRole('link', { current: 'page' }).map((link) => link.textContent)

describe('the tasks', () => {
  it('are three tabs; that of earlier answers says that nothing is asked again from there', async () => {
    open('#/earlier')
    expect(tabs()).toEqual(['What-if', 'Earlier answers', 'Member history'])
    expect(current()).toEqual(['Earlier answers'])
    expect(
      screen.getByText('Earlier answers: what payers said before. Nothing is asked again from here.'),
    ).toBeTruthy()
    expect(await screen.findByText(/Nothing about this patient is kept yet/)).toBeTruthy()
  })

  it('stay open while another one is on screen', async () => {
    open('#/earlier')
    const list = await screen.findByText(/Nothing about this patient is kept yet/)
    act(() => {
      location.hash = '#/member-history'
    })
    await waitFor(() => expect(current()).toEqual(['Member history']))
    expect(list.isConnected).toBe(true)
    expect(list.closest('[hidden]')).not.toBeNull()
  })
})
