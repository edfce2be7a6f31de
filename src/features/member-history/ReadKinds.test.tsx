// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { TypeProgress } from '../../domain/pdex/history'
import { ReadKinds } from './ReadKinds'

afterEach(cleanup)

const types: readonly TypeProgress[] = [
  { type: 'Condition', state: { kind: 'done', records: 3 } },
  { type: 'Procedure', state: { kind: 'done', records: 2 }, partial: true },
  { type: 'Goal', state: { kind: 'not-shared' } },
  { type: 'Device', state: { kind: 'done', records: 0 } },
]

it('keeps in view what is not as it should be, and folds the rest with its counts, once reading has ended', () => {
  const { rerender } = render(<ReadKinds types={types} running={true} />)
  expect(screen.getByRole('list').children).toHaveLength(4)
  rerender(<ReadKinds types={types} running={false} />)
  const [inView, folded] = screen.getAllByRole('list', { hidden: true })
  expect(inView?.textContent).toMatch(/^Procedures .*2 read, only a part.*Goals .*not shared with this app$/)
  expect(folded?.closest('details')?.open).toBe(false)
  expect(folded?.textContent).toMatch(/^Problems .*3 read.*Devices .*none recorded$/)
  expect(screen.getByText('1 kind of records came, 1 kind has none recorded')).toBeTruthy()
})

it('says nothing of kinds that came where none did', () => {
  render(<ReadKinds types={types.slice(2, 3)} running={false} />)
  expect(screen.queryByText(/came/)).toBeNull()
})
