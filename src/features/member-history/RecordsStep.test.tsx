// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { fail } from '../../domain/result'
import { button, heading, open, press, read } from './on-screen.test-data'
import { world } from './world.test-data'

afterEach(cleanup)

describe('records', () => {
  it('preselects nothing and counts what is selected', async () => {
    open()
    await read()
    await heading(/Acme Health sent 3 records for Jane Roe/)
    expect(screen.getByText(/Payer records can be late or incomplete/)).toBeTruthy()
    for (const box of screen.getAllByRole<HTMLInputElement>('checkbox')) expect(box.checked).toBe(false)
    expect(screen.getByText('0 of 3 selected')).toBeTruthy()
    expect((await button('Review records')).hasAttribute('disabled')).toBe(true)
    fireEvent.click(screen.getByLabelText(/Atrial fibrillation/))
    expect(screen.getByText('1 of 3 selected')).toBeTruthy()
  })

  it('selects a group as one action, shows a part of it as mixed, and keeps it under a filter', async () => {
    open()
    await read()
    const group = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all 2 of Problems' })
    fireEvent.click(group)
    expect(screen.getByText('2 of 3 selected')).toBeTruthy()
    fireEvent.click(screen.getByLabelText(/Chest pain/))
    expect(group.indeterminate).toBe(true)
    fireEvent.change(screen.getByLabelText('Filter'), { target: { value: 'apixaban' } })
    await screen.findByText(/^2 hidden/)
    expect(screen.queryByLabelText(/Atrial fibrillation/)).toBeNull()
    expect(screen.getByText('1 of 3 selected')).toBeTruthy()
    expect(screen.getByText(/1 of them hidden by the filter/)).toBeTruthy()
  })

  it('leads from a selection past the rows to the review by keyboard', async () => {
    open()
    await read()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select all 2 of Problems' }))
    fireEvent.click(screen.getAllByRole('button', { name: 'Skip to review' })[0] as HTMLElement)
    expect(document.activeElement).toBe(await button('Review 2 records'))
  })

  it('filters by period at the precision that a record has', async () => {
    open()
    await read()
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2019-03-01' } })
    fireEvent.change(screen.getByLabelText('To'), { target: { value: '2019-12-31' } })
    await screen.findByText(/^2 hidden/)
    expect(screen.getByLabelText(/Chest pain/)).toBeTruthy()
  })

  it('tells "not shared", "none recorded" and "could not be read" apart', async () => {
    open({
      records: {
        ...world.records,
        Procedure: { kind: 'http', server: 'Acme Health', status: 403 },
        Encounter: { kind: 'http', server: 'Acme Health', status: 500 },
        Condition: [],
        MedicationRequest: [],
      },
    })
    await press('Find at Acme Health')
    await press('Read history')
    await screen.findByText(/Acme Health does not share procedures with this app/)
    expect(await screen.findByText(/Acme Health has no problems recorded for this member/)).toBeTruthy()
    expect(await screen.findByText(/Visits could not be read/)).toBeTruthy()
    await button('Continue reading')
  })

  it('shows allergies, results, documents, claims and care plans each in a section of their own', async () => {
    const about = { subject: { reference: 'Patient/m1' }, status: 'active' }
    const one = (resourceType: string, more: object) => [{ resourceType, id: 'x', ...about, ...more }]
    open({
      records: {
        AllergyIntolerance: one('AllergyIntolerance', {
          patient: about.subject,
          code: { text: 'Penicillin' },
        }),
        Observation: one('Observation', { code: { text: 'TSH' }, valueQuantity: { value: 2, unit: 'mU/L' } }),
        DocumentReference: one('DocumentReference', { type: { text: 'Discharge summary' } }),
        CarePlan: one('CarePlan', { title: 'Heart plan' }),
        ExplanationOfBenefit: one('ExplanationOfBenefit', {
          patient: about.subject,
          outcome: 'error',
          type: { text: 'pharmacy' },
          payment: { amount: { value: 987, currency: 'USD' } },
        }),
      },
    })
    await press('Find at Acme Health')
    await press('Read history')
    await heading(/sent 5 records/)
    const row = async (section: string, words: RegExp) =>
      within(await screen.findByRole('region', { name: section }))
        .getByLabelText(words)
        .closest('li') as HTMLElement
    await row('Allergies', /Penicillin/)
    expect((await row('Results', /TSH/)).textContent).toContain('2 mU/L')
    await row('Documents', /Discharge summary/)
    await row('Care plans, teams and goals', /Heart plan/)
    const claim = await row('Claims', /Pharmacy claim/)
    expect(claim.textContent).toContain('cancelled or not accepted')
    expect(screen.queryByRole('checkbox', { name: /^Select all .* of Claims/ })).toBeNull()
    const details = claim.querySelector('details') as HTMLDetailsElement
    details.open = true
    fireEvent(details, new Event('toggle'))
    await within(claim).findByText(/Amounts of money are left out/)
    expect(claim.textContent).not.toContain('987')
    fireEvent.click(within(claim).getByRole('button', { name: 'Show amounts' }))
    expect(claim.textContent).toContain('987')
    expect(screen.getByText(/service does not offer problems, medicines,/)).toBeTruthy()
  })

  describe('beside the chart', () => {
    const icd = 'http://hl7.org/fhir/sid/icd-10-cm'
    const problem = (id: string, subject: string, code: string, more: object = {}) => ({
      resourceType: 'Condition',
      id,
      subject: { reference: `Patient/${subject}` },
      code: { coding: [{ system: icd, code, display: `Problem ${code}` }] },
      onsetDateTime: '2020-01-01',
      clinicalStatus: { coding: [{ code: 'active' }] },
      ...more,
    })
    const records = {
      Condition: [
        problem('1', 'm1', 'A1'),
        problem('2', 'm1', 'B2', { clinicalStatus: { coding: [{ code: 'resolved' }] } }),
        problem('3', 'm1', 'C3'),
        problem('4', 'm1', 'C4', { verificationStatus: { coding: [{ code: 'refuted' }] } }),
      ],
    }
    const chart = {
      Condition: [problem('a', 'p1', 'A1'), problem('b', 'p1', 'B2'), problem('d', 'p1', 'D4')],
    }
    const readFour = async () => {
      await press('Find at Acme Health')
      await press('Read history')
      await heading(/sent 4 records/)
    }
    const section = () => screen.findByRole('region', { name: 'Problems' })

    it('tells different, only at the payer, the same and only in the chart apart, with reasons', async () => {
      open({ records, chart })
      await readFour()
      const problems = within(await section())
      await problems.findByRole('heading', { name: 'Different from chart 1' })
      const different = within(problems.getByRole('list', { name: 'Problems, different from chart' }))
      expect(different.getByText('Same code and same onset.')).toBeTruthy()
      const cells = different.getAllByRole('row').map((row) => row.textContent)
      expect(cells).toEqual(['ChartAcme Health', 'Statusactiveresolved'])
      expect(problems.getByRole('heading', { name: 'Only at payer 2' })).toBeTruthy()
      expect(problems.getAllByText('The chart has no problem with this code.')).toHaveLength(2)
      expect(problems.queryByLabelText(/Problem A1/)).toBeNull()
      const fold = problems.getByText(/^Same in chart/).closest('details') as HTMLDetailsElement
      expect(fold.textContent).toContain('1')
      fold.open = true
      fireEvent(fold, new Event('toggle'))
      expect(await problems.findByLabelText(/Problem A1/)).toBeTruthy()
      const only = problems.getByText(/^Only in chart/).closest('details') as HTMLDetailsElement
      only.open = true
      fireEvent(only, new Event('toggle'))
      const own = await problems.findByRole('list', { name: 'Problems, only in chart' })
      expect(own.textContent).toContain('Problem D4')
      expect(within(own).queryByRole('checkbox')).toBeNull()
    })

    it('selects with a group neither what is the same nor what was ruled out', async () => {
      open({ records, chart })
      await readFour()
      await within(await section()).findByRole('heading', { name: 'Only at payer 2' })
      fireEvent.click(screen.getByRole('checkbox', { name: /^Select all 2 of Problems/ }))
      expect(screen.getByText('2 of 4 selected')).toBeTruthy()
      expect(
        screen.getByText(/1 with a warning is left out; 1 the same as in the chart is left out/),
      ).toBeTruthy()
      expect(screen.getByLabelText<HTMLInputElement>(/Problem C4/).checked).toBe(false)
      expect(screen.getByText(/This was ruled out/)).toBeTruthy()
      const part = screen.getByRole<HTMLInputElement>('checkbox', { name: /^All 1 only at payer/ })
      expect(part.checked).toBe(true)
      fireEvent.click(part)
      expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /^Select all 2/ }).indeterminate).toBe(
        true,
      )
    })

    it('tells of what was chosen and is in the chart already, and leaves it out by one press', async () => {
      open({ records, chart })
      await readFour()
      await within(await section()).findByRole('heading', { name: 'Only at payer 2' })
      fireEvent.click(screen.getByRole('checkbox', { name: /^Select all 2 of Problems/ }))
      expect(screen.queryByText(/the same as in the chart$/)).toBeNull()
      fireEvent.click(screen.getByText('Same in chart'))
      fireEvent.click(await screen.findByLabelText(/^Problem A1/))
      expect(screen.getByText('3 of 4 selected')).toBeTruthy()
      expect(screen.getByText(/1 of them the same as in the chart$/)).toBeTruthy()
      await press('Leave it out')
      expect(screen.getByText('2 of 4 selected')).toBeTruthy()
      expect(screen.queryByRole('button', { name: 'Leave it out' })).toBeNull()
    })

    it('shows what is new since the last visit in the chart', async () => {
      const visit = {
        resourceType: 'Encounter',
        id: 'v',
        status: 'finished',
        subject: { reference: 'Patient/p1' },
      }
      const recent = problem('5', 'm1', 'E5', { onsetDateTime: '2026-06-01' })
      open({
        records: { Condition: [...records.Condition.slice(0, 3), recent] },
        chart: { ...chart, Encounter: [{ ...visit, period: { start: '2026-03-03T09:00:00-06:00' } }] },
      })
      await readFour()
      await press('Since the last visit here, 03-Mar-2026')
      await screen.findByText(/^3 hidden/)
      expect(screen.getByLabelText(/Problem E5/)).toBeTruthy()
    })

    it('says when comparing itself did not work, shows all the same, and tries again', async () => {
      let tries = 0
      open({
        records,
        chart,
        comparison: () => {
          tries += 1
          return tries === 1 ? fail({ kind: 'timeout', server: 'The comparison', afterMs: 1 }) : undefined
        },
      })
      await readFour()
      await screen.findByText('Comparing with the chart did not work.')
      expect(screen.getByText(/It took too long. What the chart already has is not known here/)).toBeTruthy()
      fireEvent.click(screen.getByLabelText(/Problem C3/))
      await press('Compare again')
      await within(await section()).findByRole('heading', { name: 'Only at payer 2' })
      expect(screen.queryByText('Comparing with the chart did not work.')).toBeNull()
      expect(screen.getByText('1 of 4 selected')).toBeTruthy()
    })

    it('says what was not compared, and compares after the chart could be read', async () => {
      const trouble: { Condition: unknown } = {
        Condition: { kind: 'http', server: 'Lakeside EHR', status: 500 },
      }
      open({ records, chart: trouble as typeof chart })
      await readFour()
      await screen.findByText(/Not compared: problems \(the chart could not be read\)/)
      expect(screen.queryByText(/Only at payer/)).toBeNull()
      trouble.Condition = chart.Condition
      await press('Read the chart again')
      await within(await section()).findByRole('heading', { name: 'Only at payer 2' })
    })
  })

  it('shows what was read while it goes on, and stops and continues', async () => {
    const waiting: (() => void)[] = []
    let gated = false
    const four = [1, 2, 3, 4].map((id) => ({
      ...(world.records.Condition as readonly { resourceType: string }[])[0],
      resourceType: 'Condition',
      id: `c${id}`,
    }))
    open({
      records: { ...world.records, Condition: four },
      pageSize: 1,
      gate: () => (gated ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    })
    await press('Find at Acme Health')
    await button('Read history')
    gated = true
    await press('Read history')
    await waitFor(() => expect(waiting.length).toBeGreaterThan(0))
    for (const go of waiting.splice(0)) go()
    await heading(/so far for Jane Roe/)
    await screen.findByText('1 of about 4 so far, page 2 of about 4')
    await press('Stop reading')
    gated = false
    for (const go of waiting.splice(0)) go()
    await press('Continue reading')
    await heading(/sent 5 records for Jane Roe/)
  })

  it('shows the source of a record on demand', async () => {
    open()
    await read()
    const row = screen.getByLabelText(/Apixaban/).closest('li') as HTMLElement
    expect(within(row).queryByText(/"resourceType"/)).toBeNull()
    const details = row.querySelector('details') as HTMLDetailsElement
    details.open = true
    fireEvent(details, new Event('toggle'))
    expect(await within(row).findByText(/"resourceType": "MedicationRequest"/)).toBeTruthy()
  })
})
