// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { ErrorBoundary } from './ErrorBoundary'

afterEach(cleanup)

let broken = true
function Screen() {
  if (broken) throw new Error('Jane Roe, MRN 0045-1187')
  return <p>All is well</p>
}

it('a fault in a screen is told without its content, with a reference, and can be left', () => {
  broken = true
  // React tells a development console of caught errors; the app switches that off at its root, as here.
  render(
    <ErrorBoundary newId={() => '5f0c1d2e-0000-4000-8000-000000000000'}>
      <Screen />
    </ErrorBoundary>,
    { onCaughtError: () => undefined },
  )
  expect(screen.getByRole('alert').textContent).toContain(
    'This screen stopped because of a fault in the app.',
  )
  expect(screen.getByRole('alert').textContent).not.toContain('Jane')
  expect(screen.getByRole('button', { name: 'Copy reference 5f0c1d2e' })).toBeTruthy()
  broken = false
  fireEvent.click(screen.getByRole('button', { name: 'Show it again' }))
  expect(screen.getByText('All is well')).toBeTruthy()
})
