import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import { fail } from '../../domain/result'
import { AnnounceProvider } from '../../ui'
import { WorkProvider } from '../work'
import { type Bench, makeBench } from './bench.test-data'
import MemberHistory from './MemberHistory'
import { acme, type World, world } from './world.test-data'

window.scrollTo = () => {}

export function open(changes: Partial<World> = {}): Bench & { readonly show: (patientId?: string) => void } {
  const bench = makeBench({ ...world, ...changes })
  const queries = new QueryClient()
  const screenFor = (patientId: string) => (
    <AnnounceProvider>
      <QueryClientProvider client={queries}>
        <WorkProvider value={{ ...bench.work, session: { ...bench.work.session, patientId } }}>
          <MemberHistory chartWriter={bench.chartWriter} appContext={bench.work.session.appContext} />
        </WorkProvider>
      </QueryClientProvider>
    </AnnounceProvider>
  )
  const { rerender } = render(screenFor('p1'))
  return { ...bench, show: (patientId = 'p1') => rerender(screenFor(patientId)) }
}

export const button = (name: RegExp | string) => screen.findByRole('button', { name })
export const press = async (name: RegExp | string): Promise<void> => void fireEvent.click(await button(name))
export const heading = (name: RegExp) => screen.findByRole('heading', { level: 1, name })

export async function read(): Promise<void> {
  await press('Find at Acme Health')
  await press('Read history')
  await heading(/sent 3 records/)
  await screen.findByText('0 of 3 selected')
}

export const http = (status: number, detail?: string) =>
  fail({ kind: 'http', server: 'Acme Health', status, ...(detail !== undefined && { detail }) } as const)

export const card = (changes: object = {}) => ({
  v: 1,
  type: 'pdex-member-history',
  payerFhirBase: acme.fhirBase,
  result: 'matched',
  memberIdentifier: { system: 'urn:acme:members', value: 'M-1' },
  memberReference: 'Patient/m1',
  ehrPatient: 'p1',
  issued: '2026-11-20T10:00:00Z',
  expires: '2026-11-21T10:00:00Z',
  ...changes,
})
