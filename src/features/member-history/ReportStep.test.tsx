// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fail, ok } from '../../domain/result'
import { button, heading, open, press, read } from './on-screen.test-data'

afterEach(cleanup)

describe('review', () => {
  it('says how many are stored and how, repeats the patient and shows exactly what is sent', async () => {
    const { created } = open()
    await read()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select all 2 of Problems' }))
    fireEvent.click(screen.getByLabelText(/Apixaban/))
    await press('Review 3 records')
    await heading(/Review: what will be stored in Jane Roe's chart/)
    await screen.findByText(
      '2 as chart entries; 1 as an attached document, because Lakeside EHR does not accept it as an entry.',
    )
    expect(screen.getByText('14-Jul-1965')).toBeTruthy()
    expect(screen.getByText('0045 1187')).toBeTruthy()
    expect(screen.getAllByText('What exactly is sent')).toHaveLength(2)
    expect(screen.getByText('Preview the document')).toBeTruthy()
    await button("Write 3 records to Jane Roe's chart")
    expect(created).toEqual([])
  })

  it('does not put a missing permission down to the chart', async () => {
    open({ scopes: ['patient/*.rs', 'patient/DocumentReference.c'] })
    await read()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select all 2 of Problems' }))
    await press('Review 2 records')
    await screen.findByText('2 as an attached document, for the reasons given below.')
    expect(screen.getAllByText(/^This app has no permission to add conditions here\./)).toHaveLength(2)
  })

  it('offers a download where the chart takes nothing', async () => {
    open({ creates: [] })
    await read()
    fireEvent.click(screen.getByLabelText(/Apixaban/))
    await press('Review 1 record')
    await screen.findByText(/Lakeside EHR takes no records from apps/)
    await button('Prepare 1 record for download')
  })

  it('offers a download where the chart has no statement of what it takes', async () => {
    open({ capabilityProblem: { kind: 'http', server: 'Lakeside EHR', status: 404 } })
    await read()
    fireEvent.click(screen.getByLabelText(/Apixaban/))
    await press('Review 1 record')
    await button('Prepare 1 record for download')
  })

  it('says that the chart could not be asked, and keeps the selection', async () => {
    open({ capabilityProblem: { kind: 'timeout', server: 'Lakeside EHR', afterMs: 10_000 } })
    await read()
    fireEvent.click(screen.getByLabelText(/Apixaban/))
    await press('Review 1 record')
    await screen.findByText(/Lakeside EHR did not answer within 10 seconds/)
    expect(screen.queryByRole('button', { name: /^Write/ })).toBeNull()
    await press('Back to choosing')
    expect(screen.getByLabelText<HTMLInputElement>(/Apixaban/).checked).toBe(true)
    expect(document.activeElement?.tagName).toBe('H1')
  })
})

describe('writing', () => {
  async function toReview(): Promise<void> {
    await read()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select all 2 of Problems' }))
    fireEvent.click(screen.getByLabelText(/Apixaban/))
    await press('Review 3 records')
  }
  const row = (name: RegExp): HTMLElement =>
    screen.getByText(name, { selector: '.mh-what' }).closest('li') as HTMLElement

  /** The document that a record is in, with its name and its records. */
  const documentOf = (name: RegExp): string => row(name).closest('.mh-document')?.textContent ?? ''

  it('writes what was approved and reports every record with its place in the chart', async () => {
    const { created } = open()
    await toReview()
    expect(created).toEqual([])
    await press("Write 3 records to Jane Roe's chart")
    await heading(/All 3 records are in the chart/)
    await screen.findByText('Keep this report')
    expect(within(row(/Atrial fibrillation/)).getByText('Written')).toBeTruthy()
    expect(within(row(/Apixaban/)).getByText('In the attached document')).toBeTruthy()
    expect(created.filter((r) => r.resourceType === 'Condition')).toHaveLength(2)
    expect(created.filter((r) => r.resourceType === 'DocumentReference')).toHaveLength(1)
    expect(screen.queryByRole('button', { name: 'Check and continue' })).toBeNull()
  })

  it('does not call it success when the chart did not answer, and checks before it sends again', async () => {
    let calls = 0
    const { created } = open({
      create: (resource) => {
        calls += 1
        if (resource.resourceType === 'DocumentReference')
          return fail({ kind: 'http', server: 'Lakeside EHR', status: 503 })
        return ok({ isNew: true, reference: `${resource.resourceType}/${calls}` })
      },
    })
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await button('Check and continue')
    await screen.findByText('Keep this report')
    expect(screen.getByRole('heading', { level: 1 }).textContent).not.toMatch(/^All/)
    expect(screen.getByText(/2 of 3 in the chart/, { selector: '.bar *' })).toBeTruthy()
    expect(screen.getByText('Save 1 record that could not be written')).toBeTruthy()
    const rows = [...document.querySelectorAll('.mh-outcome .mh-what')].map((row) => row.textContent)
    expect(rows[0], 'what the user has to see to comes first').toMatch(/Apixaban/)
    expect(rows).toHaveLength(3)
    await press('Check and continue')
    await button('Check and continue')
    expect(created.filter((r) => r.resourceType === 'Condition')).toHaveLength(2)
  })

  it('shows each state while it runs and stops after what is in flight', async () => {
    const waiting: (() => void)[] = []
    const { created } = open({
      create: (resource) =>
        new Promise((resolve) =>
          waiting.push(() => resolve(ok({ isNew: true, reference: `${resource.resourceType}/1` }))),
        ),
    })
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await waitFor(() => expect(waiting).toHaveLength(2))
    await waitFor(() => expect(screen.getAllByText('Writing')).toHaveLength(2))
    expect(screen.getByRole('progressbar', { name: '0 of 3 done' })).toBeTruthy()
    const leave = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leave)
    expect(leave.defaultPrevented).toBe(true)
    await press('Stop after this item')
    for (const go of waiting.splice(0)) go()
    await heading(/Stopped: 2 of 3 in the chart, 1 left/)
    expect(created).toHaveLength(2)
    await press('Back to history')
    expect(screen.getByText('3 of 3 selected')).toBeTruthy()
  })

  it('tells on the next review what an earlier run did', async () => {
    open()
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await press('Back to history')
    await press('Review 3 records')
    await screen.findByText('3 are in the chart already. There is nothing to write.')
    expect(
      screen.getByText(/^It is in the document of 20-Nov-2026 \(DocumentReference\/new\)\.$/),
    ).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^(Write|Prepare)/ })).toBeNull()
  })

  it('confirms a diagnosis only by an act for that one, says so, and sends it so', async () => {
    const { created } = open()
    await toReview()
    const rows = await screen.findAllByText(/Marked unconfirmed until you reconcile it/)
    expect(rows).toHaveLength(2)
    const fibrillation = row(/Atrial fibrillation/)
    fireEvent.click(within(fibrillation).getByText('Confirm this diagnosis, or put it on the problem list'))
    fireEvent.click(within(fibrillation).getByLabelText('I confirm this diagnosis'))
    expect(fibrillation.textContent).toMatch(/Confirmed, as you said\. Kept as an encounter diagnosis/)
    fireEvent.click(within(fibrillation).getByLabelText('Put it on the problem list'))
    expect(fibrillation.textContent).toMatch(/Put on the problem list, as you said\./)
    expect(screen.getAllByText(/Marked unconfirmed until you reconcile it/)).toHaveLength(1)
    await press("Write 3 records to Jane Roe's chart")
    await heading(/All 3 records are in the chart/)
    const sent = created.filter((r) => r.resourceType === 'Condition').map((r) => JSON.stringify(r))
    expect(sent.filter((r) => r.includes('"confirmed"') && r.includes('problem-list-item'))).toHaveLength(1)
    expect(sent.filter((r) => r.includes('"unconfirmed"') && r.includes('encounter-diagnosis'))).toHaveLength(
      1,
    )
  })

  it('forgets no word on a diagnosis while other records are chosen', async () => {
    open()
    await toReview()
    const what = () => screen.findByText(/Atrial fibrillation/, { selector: '.mh-what' })
    fireEvent.click(
      within((await what()).closest('li') as HTMLElement).getByLabelText('I confirm this diagnosis'),
    )
    await press('Back to choosing')
    await press('Review 3 records')
    await what()
    expect(row(/Atrial fibrillation/).textContent).toMatch(/Confirmed, as you said/)
  })

  it('puts into the document what the chart refuses as an entry, and says why', async () => {
    open({
      create: (resource) =>
        resource.resourceType === 'Condition'
          ? fail({ kind: 'http', server: 'Lakeside EHR', status: 422, detail: 'code not allowed' })
          : ok({ isNew: true, reference: `${resource.resourceType}/1` }),
    })
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await heading(/All 3 records are in the chart/)
    await screen.findByText('Keep this report')
    expect(screen.getAllByText('In the attached document')).toHaveLength(3)
    expect(row(/Atrial fibrillation/).textContent).toMatch(/Not as an entry: Lakeside EHR .*refused/)
  })

  it('says in which form the document went, and what was refused before', async () => {
    open({
      // What is in the chart cannot be looked through, so that the next review plans a document again.
      chart: { DocumentReference: { kind: 'http', server: 'Lakeside EHR', status: 500 } },
      create: (resource) =>
        JSON.stringify(resource).includes('application/pdf')
          ? fail({ kind: 'http', server: 'Lakeside EHR', status: 415 })
          : ok({ isNew: true, reference: `${resource.resourceType}/1` }),
    })
    await toReview()
    await screen.findByText('The document is a PDF together with the records as FHIR data.')
    await screen.findByText(/it is tried as a PDF, then a web page \(HTML\).*Last of all you can save it/)
    await press("Write 3 records to Jane Roe's chart")
    await heading(/All 3 records are in the chart/)
    await screen.findByText('Keep this report')
    expect(documentOf(/Apixaban/)).toMatch(/In the chart as DocumentReference\/1, a web page \(HTML\)\./)
    expect(documentOf(/Apixaban/)).toMatch(
      /did not take it as a PDF together with the records as FHIR data, nor as a PDF\./,
    )
    expect(documentOf(/Apixaban/)).toMatch(/In one document 1/)
    expect(documentOf(/Atrial fibrillation/)).toBe('')
    await press('Back to history')
    await press('Review 3 records')
    await screen.findByText('The document is a web page (HTML).')
    screen.getByText(/^Lakeside EHR could not be looked through for document references\./)
  })

  it('says that the chart took the document only without the list of its records, on screen and on paper', async () => {
    open({
      create: (resource) =>
        JSON.stringify(resource).includes('"related"')
          ? fail({ kind: 'http', server: 'Lakeside EHR', status: 422 })
          : ok({ isNew: true, reference: `${resource.resourceType}/1` }),
    })
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await heading(/All 3 records are in the chart/)
    const words = /took the document only without the list of the records in it/
    await screen.findByText(words, { selector: 'p' })
    expect(documentOf(/Apixaban/)).toMatch(/a PDF together with the records as FHIR data\./)
    expect(documentOf(/Apixaban/)).not.toContain('did not take it')
    fireEvent.click(screen.getByText('Nothing was downloaded or printed? Show the text here'))
    expect(screen.getByText(words, { selector: 'pre' })).toBeTruthy()
  })

  it('asks the user where nobody else can look, and believes the answer', async () => {
    let lost = true
    const { created } = open({
      create: (resource) => {
        if (resource.resourceType !== 'DocumentReference')
          return ok({ isNew: true, reference: `${resource.resourceType}/1` })
        if (!lost) return ok({ isNew: true, reference: 'DocumentReference/1' })
        lost = false
        return ok({ isNew: true, isAccepted: true })
      },
    })
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await screen.findByText('Is the document "Outside record" with 1 record in the chart?')
    expect(screen.getByText(/Lakeside EHR said that it will file it/)).toBeTruthy()
    expect(screen.getByText('Save 1 record that is not certain')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Check and continue' })).toBeNull()
    const sent = created.length
    await press('It is not there')
    await press('Check and continue')
    await heading(/All 3 records are in the chart/)
    expect(created).toHaveLength(sent + 1)
  })

  it('prepares files where the chart takes nothing, without a name in them, and shows the text in place', async () => {
    const urls: string[] = []
    URL.createObjectURL = vi.fn(() => 'blob:x')
    URL.revokeObjectURL = vi.fn()
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      urls.push(this.download)
    })
    const { created } = open({ creates: [] })
    await toReview()
    await press('Prepare 3 records for download')
    await heading(/3 records ready to save. Nothing was written to the chart/)
    expect(created).toEqual([])
    const leave = (): boolean => {
      const event = new Event('beforeunload', { cancelable: true })
      window.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(leave()).toBe(true)
    fireEvent.click(screen.getAllByRole('button', { name: 'Download PDF' })[0] as HTMLElement)
    await waitFor(() => expect(urls).toHaveLength(1))
    fireEvent.click(await button('Download as FHIR (JSON)'))
    expect(urls[0]).toMatch(/^outside-records-2026-11-\d\d\.pdf$/)
    expect(urls[1]).toMatch(/^outside-records-2026-11-\d\d\.json$/)
    expect(leave()).toBe(false)
    expect(screen.getAllByText(/Outside records, not verified/)[0]?.textContent).toMatch(
      /Apixaban 5 mg tablet/,
    )
  })

  it('prints the document, not the screen', async () => {
    window.print = vi.fn(() => {
      expect(document.querySelector('.paper')?.textContent).toMatch(/Report: outside records/)
    })
    open()
    await toReview()
    await press("Write 3 records to Jane Roe's chart")
    await press('Print')
    expect(window.print).toHaveBeenCalledOnce()
    fireEvent(window, new Event('afterprint'))
    expect(document.querySelector('.paper')).toBeNull()
  })
})
