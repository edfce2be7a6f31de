// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { referenceSet } from '../../domain/fhir/references'
import type { FhirJson } from '../../domain/json'
import { historyRecord } from '../../domain/pdex/record'
import { RecordSource } from './RecordSource'

afterEach(cleanup)

const references = referenceSet('https://payer.example/fhir')
references.add({ resourceType: 'Organization', id: 'old', name: 'Borealis Mutual' })

const agent = (code: string, who: object) => ({ type: { coding: [{ code }] }, who })
const provenance = (
  recorded: string,
  source: string | undefined,
  ...agents: readonly object[]
): FhirJson => ({
  resourceType: 'Provenance',
  recorded,
  agent: agents,
  entity: [
    {
      role: 'source',
      ...(source !== undefined && {
        extension: [
          {
            url: 'http://hl7.org/fhir/us/davinci-pdex/StructureDefinition/ProvenanceSourceFrom',
            valueCodeableConcept: { coding: [{ code: source }] },
          },
        ],
      }),
    },
  ],
})

async function details(resource: FhirJson, sources: readonly FhirJson[] = []): Promise<string> {
  render(<RecordSource record={historyRecord('acme', resource, references, sources)} />)
  fireEvent.click(screen.getByText('Details'))
  await screen.findByText('Source')
  return document.body.textContent ?? ''
}

const condition = {
  resourceType: 'Condition',
  id: '1',
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'I10', display: 'Hypertension' }] },
}

describe("a record's details", () => {
  it('tell who made it, through whose hands it came, from what, and when', async () => {
    const said = await details(condition, [
      provenance(
        '2025-01-02T00:00:00Z',
        'x12837',
        agent('author', { display: 'Northside Hospital' }),
        agent('transmitter', { reference: 'Organization/old' }),
      ),
      provenance('2026-03-04T00:00:00Z', undefined, agent('transmitter', { display: 'Acme Health' })),
    ])
    expect(said).toContain('Handed on byBorealis Mutual, then Acme Health')
    expect(said).toContain('AuthorNorthside Hospital')
    expect(said).toMatch(/Source.*\(x12837\)/)
    expect(said).toContain('Source recorded04-Mar-2026')
  })

  it('say that nothing is known of its origin, and make up nobody', async () => {
    const said = await details(condition)
    expect(said).not.toContain('Author')
    expect(said).not.toContain('Handed on by')
  })

  it('name its codes with their systems, and show in full what a row cuts', async () => {
    const note = `${'Seen again and again. '.repeat(20)}The end.`
    const said = await details({ ...condition, note: [{ text: note }] })
    expect(said).toContain('CodesICD-10 I10')
    expect(said).toContain('The end.')
  })

  it('leave amounts of money out until they are asked for', async () => {
    await details({
      resourceType: 'ExplanationOfBenefit',
      id: '2',
      item: [{ productOrService: { text: 'Visit' }, net: { value: 4711.5, currency: 'USD' } }],
    })
    expect(document.body.textContent).toContain('Amounts of money are left out.')
    expect(document.body.textContent).not.toContain('4711.5')
    fireEvent.click(screen.getByRole('button', { name: 'Show amounts' }))
    expect(document.body.textContent).toContain('4711.5')
    fireEvent.click(screen.getByRole('button', { name: 'Leave amounts out' }))
    expect(document.body.textContent).not.toContain('4711.5')
  })

  it('speak of no amounts where there are none', async () => {
    expect(await details(condition)).not.toContain('mounts')
  })
})
