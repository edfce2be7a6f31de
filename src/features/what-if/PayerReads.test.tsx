// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { PayerReadsPort } from '../../domain/payer-reads'
import { fail, ok } from '../../domain/result'
import { fakeClock } from '../asking/fake-clock'
import { fakeWork, fakeWorld, Shell } from '../asking/fake-work'
import { PayerReads } from './PayerReads'

afterEach(cleanup)

const read = (...resources: readonly string[]) => ({ at: 1, status: 200, resources })

/** The hookInstances that the relay was asked about. */
function open(payerReads: PayerReadsPort | undefined) {
  const asked: string[] = []
  const port: PayerReadsPort | undefined =
    payerReads &&
    ((hookInstance) => {
      asked.push(hookInstance)
      return payerReads(hookInstance)
    })
  const work = fakeWork(fakeWorld(fakeClock(0)))
  const ports = { ...work.ports, ...(port && { payerReads: port }) }
  const payer = { id: 'acme', name: 'Acme Health', identifiers: [], authorization: 'open' } as const
  render(
    <Shell work={{ ...work, ports }}>
      <PayerReads
        answer={{ kind: 'silent', scenarioVersion: 0, payer, hookInstance: 'h1', askedAt: 0, endedAt: 0 }}
      />
      <p>beside it</p>
    </Shell>,
  )
  return asked
}

describe('what a payer read of what was sent', () => {
  it('is counted, each record once, and told by kind', async () => {
    const asked = open(async () =>
      ok([read('Coverage/1', 'ServiceRequest/a'), read('ServiceRequest/b', 'ServiceRequest/a'), read()]),
    )
    expect(await screen.findByText('Acme Health read 3 records of what was sent')).toBeTruthy()
    expect(screen.getAllByRole('listitem', { hidden: true }).map((line) => line.textContent)).toEqual([
      'Coverage',
      'Service request (2)',
    ])
    expect(asked).toEqual(['h1'])
  })

  it.each<[string, PayerReadsPort | undefined]>([
    ['nothing was read', async () => ok([])],
    ['the relay cannot be asked', async () => fail({ kind: 'network', server: 'This site’s relay' })],
    ['there is no relay', undefined],
  ])('is not spoken of where %s', async (_, port) => {
    open(port)
    await screen.findByText('beside it')
    expect(screen.queryByText(/read/)).toBeNull()
  })
})
