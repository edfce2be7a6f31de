// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { latePart } from './late-part'

afterEach(cleanup)

const Part = ({ said }: { readonly said: string }) => <p>{said}</p>

/** A server that does not have it so many times. */
function server(failures: number) {
  const log = { asked: 0 }
  const load = async () => {
    log.asked += 1
    if (log.asked <= failures) throw new TypeError('Failed to fetch dynamically imported module')
    return { default: Part }
  }
  return { log, load }
}

describe('a part of the screen that is loaded when it is needed', () => {
  it('says that it did not come, comes at another try, and has the focus then', async () => {
    const Timeline = latePart(server(2).load, { name: 'The timeline', lines: 3 })
    render(
      <>
        <p>1 of 3 selected</p>
        <Timeline said="September 2026" />
      </>,
    )
    expect(screen.getByText('Opening the timeline')).toBeTruthy()
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /The timeline could not be opened: a part of this app did not load.*Try again/,
    )
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(screen.queryByRole('alert')).toBeNull()
    await screen.findByRole('alert')
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByText('September 2026')
    expect(document.activeElement?.textContent).toBe('September 2026')
    expect(screen.getByText('1 of 3 selected')).toBeTruthy()
  })

  it('is there at once the next time, and asks for nothing again', async () => {
    const { log, load } = server(0)
    const Timeline = latePart(load, { name: 'The timeline', lines: 3 })
    const { unmount } = render(<Timeline said="first" />)
    await screen.findByText('first')
    expect(document.activeElement).toBe(document.body)
    unmount()
    render(<Timeline said="again" />)
    expect(screen.getByText('again')).toBeTruthy()
    expect(log.asked).toBe(1)
  })
})
