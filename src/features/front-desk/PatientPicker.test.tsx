// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { PATIENT } from '../asking/fake-chart'
import { fakeClock } from '../asking/fake-clock'
import { fakeWork, fakeWorld } from '../asking/fake-work'
import { PatientPicker } from './PatientPicker'

afterEach(cleanup)

const OTHER = { ...PATIENT, id: 'p2', birthDate: '1970-01-01' }

function open() {
  const picked: string[] = []
  const searched: string[] = []
  const work = fakeWork(fakeWorld(fakeClock(0), { chart: [PATIENT, OTHER] }))
  const { ehr } = work.ports
  const ports = {
    ...work.ports,
    ehr: {
      ...ehr,
      search: (type: string, params: Parameters<typeof ehr.search>[1]) => {
        searched.push(`${type}?${params.map((each) => each.join('=')).join('&')}`)
        return ehr.search(type, params)
      },
    },
  }
  const { session, site } = work
  render(
    <PatientPicker
      desk={{ session, site, chart: {}, ports }}
      onPick={(patient) => void picked.push(patient.id)}
    />,
  )
  const find = (name: string, born: string) => {
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: name } })
    fireEvent.change(screen.getByLabelText('Birth date'), { target: { value: born } })
    fireEvent.click(screen.getByRole('button', { name: 'Find the patient' }))
  }
  return { picked, searched, find }
}

describe('a patient for the front desk', () => {
  it('is looked for by name and birth date, and shown only where the birth date is exact', async () => {
    const { find, searched, picked } = open()
    find('roe', '1965-07-14')
    await screen.findByRole('heading', { name: 'One patient found' })
    fireEvent.click(screen.getByRole('button', { name: /^Ask for/ }))
    expect(picked).toEqual(['p1'])
    expect(searched).toEqual(['Patient?name=roe&birthdate=1965-07-14&_count=20'])
  })

  it('is not looked for without both', () => {
    const { find, searched } = open()
    find('roe', '')
    expect(screen.getByRole('alert').textContent).toContain('Enter the whole birth date.')
    find('r', '1965-07-14')
    expect(screen.getByRole('alert').textContent).toContain('at least two letters')
    expect(searched).toEqual([])
  })

  it('of whom nobody is found gets a next step', async () => {
    const { find } = open()
    find('roe', '1999-09-09')
    expect(await screen.findByText(/Check the spelling and the birth date/)).toBeTruthy()
  })
})
