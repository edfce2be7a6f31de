// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { box, open } from './fake-stage'

afterEach(cleanup)

// The box's chunk is loaded once for a page: this has to be the first test of its file.
it('lists what was typed before the list was there, and keeps the focus', async () => {
  open()
  expect(screen.queryByRole('combobox', { name: /^Service, device/ })).toBeNull()
  box().focus()
  fireEvent.change(box(), { target: { value: 'mri' } })
  // Reading the chunk takes as long as this machine takes.
  await screen.findByRole('option', { name: /MRI of the lower back/ }, { timeout: 10_000 })
  expect(document.activeElement).toBe(box())
}, 15_000)
