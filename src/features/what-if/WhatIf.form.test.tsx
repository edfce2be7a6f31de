// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { fail } from '../../domain/result'
import { ACME_ORGANIZATION, COVERAGE, PATIENT, USER } from '../asking/fake-chart'
import { ask, askAboutMri, box, open, type Stage } from './fake-stage'

afterEach(cleanup)

describe('the form', () => {
  it('shows what is missing in a summary that has the focus, and sends nothing', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.change(screen.getByLabelText('How many'), { target: { value: '0' } })
    fireEvent.click(ask())
    const heading = await screen.findByRole('heading', { name: 'There is a problem' })
    const summary = heading.parentElement
    if (summary === null) throw new Error('no summary')
    expect(document.activeElement).toBe(summary)
    fireEvent.click(within(summary).getByText('Choose what would be ordered, or enter its code.'))
    expect(document.activeElement).toBe(box())
    expect(stage.sent).toHaveLength(0)
  })

  it('keeps the entry of each kind of order when the kind is changed and changed back', async () => {
    open()
    fireEvent.click(await screen.findByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(screen.getByRole('radio', { name: 'Device or supply' }))
    expect((box() as HTMLInputElement).value).toBe('')
    fireEvent.click(screen.getByRole('button', { name: 'CPAP device' }))
    fireEvent.click(screen.getByRole('radio', { name: 'Service, test or referral' }))
    expect((box() as HTMLInputElement).value).toBe('MRI of the lower back')
    fireEvent.click(screen.getByRole('radio', { name: 'Device or supply' }))
    expect((box() as HTMLInputElement).value).toBe('CPAP device')
  })

  it('finds a preset of another kind of order by its words, and changes to that kind with it', async () => {
    const stage = open()
    fireEvent.click(await screen.findByRole('radio', { name: 'Device or supply' }))
    await screen.findByRole('combobox', { name: /^Service, device/ })
    fireEvent.change(box(), { target: { value: 'mri' } })
    act(() => stage.clock.advance(300))
    fireEvent.click(await screen.findByRole('option', { name: /MRI of the lower back.*is a service/ }))
    await waitFor(() =>
      expect((screen.getByRole('radio', { name: /^Service, test/ }) as HTMLInputElement).checked).toBe(true),
    )
    expect((box() as HTMLInputElement).value).toBe('MRI of the lower back')
    await waitFor(() => expect(document.activeElement).toBe(box()))
    fireEvent.click(screen.getByRole('radio', { name: 'Device or supply' }))
    expect((box() as HTMLInputElement).value).toBe('')
  })

  it('is off when the patient pays, and says why', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    fireEvent.click(screen.getByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(screen.getByLabelText('Patient pays for this: do not share it with the payer'))
    expect(screen.getByText(/Asking is off: the patient pays/)).toBeTruthy()
    fireEvent.click(ask())
    fireEvent.keyDown(box(), { key: 'Enter', ctrlKey: true })
    await act(async () => {})
    expect(stage.sent).toHaveLength(0)
  })

  it('offers the problem list, and sends what was ticked as the reason', async () => {
    const stage = open()
    fireEvent.click(await screen.findByText('Choose from the problem list (1)'))
    fireEvent.click(screen.getByLabelText(/Chronic low back pain/))
    await askAboutMri(stage)
    expect(stage.sent[0]?.body).toContain('M54.50')
  })

  it('says so for a patient without problems', async () => {
    open({ chart: [PATIENT, USER, COVERAGE, ACME_ORGANIZATION] })
    await screen.findByText('The chart lists no open problem. You can ask without one.')
  })

  it('asks who orders where the launch names no clinician, and takes one from the chart', async () => {
    const stage = open({ fhirUser: undefined })
    const field = await screen.findByRole('combobox', { name: 'Ordered by' })
    fireEvent.change(field, { target: { value: 'moreno' } })
    act(() => stage.clock.advance(300))
    fireEvent.click(await screen.findByRole('option', { name: /Dr. Ana Moreno/ }))
    expect((field as HTMLInputElement).value).toBe('Dr. Ana Moreno')
  })

  it('takes up what was typed before a new launch', async () => {
    const item = {
      label: 'Lipitor',
      coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '153165', display: 'Lipitor' }],
      source: 'ehr',
    }
    open({
      draft: {
        kind: 'MedicationRequest',
        what: { MedicationRequest: { text: 'Lipitor', item } },
        dosage: '1 daily',
        quantity: 7,
      },
    })
    expect((box() as HTMLInputElement).value).toBe('Lipitor')
    expect((screen.getByLabelText(/^Dosage/) as HTMLInputElement).value).toBe('1 daily')
    expect((screen.getByLabelText('How many') as HTMLInputElement).value).toBe('1')
    await screen.findByRole('button', { name: 'Ask Acme Health' })
  })
})

describe('finding a code', () => {
  const type = (stage: Stage, text: string) => {
    fireEvent.change(box(), { target: { value: text } })
    act(() => stage.clock.advance(300))
  }

  it('offers orders of the chart before a search, and the code list from three letters on', async () => {
    const stage = open()
    fireEvent.click(box())
    await screen.findByRole('option', { name: /Physical therapy evaluation/ })
    type(stage, 'abd')
    const option = await screen.findByRole('option', { name: /CT abdomen and pelvis/ })
    expect(screen.queryByRole('option', { name: /Physical therapy/ })).toBeNull()
    fireEvent.click(option)
    expect((box() as HTMLInputElement).value).toBe('CT abdomen and pelvis')
  })

  it('works with the arrow keys and Enter, and finds by code', async () => {
    const stage = open()
    type(stage, '74176')
    await screen.findByRole('option', { name: /CT abdomen and pelvis/ })
    fireEvent.keyDown(box(), { key: 'ArrowDown' })
    fireEvent.keyDown(box(), { key: 'Enter' })
    expect((box() as HTMLInputElement).value).toBe('CT abdomen and pelvis')
  })

  it('says when the search failed and leaves the entry by hand', async () => {
    const stage = open({
      expand: async () => fail({ kind: 'http', server: 'Lakeside EHR', status: 500 }),
    })
    type(stage, 'knee')
    await screen.findByText(/The code list of Lakeside EHR could not be searched/)
    fireEvent.click(screen.getByText('Enter a code yourself'))
    fireEvent.change(await screen.findByLabelText('Code'), { target: { value: '73721' } })
    fireEvent.change(screen.getByLabelText(/In words/), { target: { value: 'MRI of the knee' } })
    fireEvent.click(screen.getByRole('button', { name: 'Use this code' }))
    expect((box() as HTMLInputElement).value).toBe('MRI of the knee')
  })

  it('does not take words that were typed but not chosen', async () => {
    const stage = open()
    await screen.findByRole('button', { name: 'Ask Acme Health' })
    type(stage, 'something')
    fireEvent.click(ask())
    const message = /“something” is not chosen yet/
    expect((await screen.findAllByText(message)).length).toBeGreaterThan(0)
    expect(stage.sent).toHaveLength(0)
  })
})

describe('what will be sent', () => {
  it('is shown in words and to the letter before anything is sent', async () => {
    const stage = open()
    fireEvent.click(await screen.findByRole('button', { name: 'MRI of the lower back' }))
    fireEvent.click(await screen.findByText('What will be sent to Acme Health'))
    act(() => stage.clock.advance(400))
    const letter = await screen.findByText(/To the letter/)
    const details = letter.closest('details')
    expect(details?.textContent).toContain('"unsolicited-determ": false')
    expect(details?.querySelector('mark')?.textContent).toContain('p1')
    expect(stage.sent).toHaveLength(0)
    const shown: unknown = JSON.parse(details?.querySelector('pre')?.textContent ?? '')
    fireEvent.click(ask())
    await waitFor(() => expect(stage.sent).toHaveLength(1))
    expect(stage.sent[0]?.json).toEqual(shown)
  })

  it('names what is missing while the question is not complete', async () => {
    open()
    fireEvent.click(await screen.findByText('What will be sent to Acme Health'))
    expect(await screen.findByText('Nothing yet: the question is not complete.')).toBeTruthy()
  })
})
