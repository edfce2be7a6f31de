import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../domain/result'
import { asked, covered } from './kept.test-data'

describe('what is kept of a question', () => {
  it('is the request to the letter as it was sent, and the JSON that came back', async () => {
    const { record, sent, result } = await asked(covered)
    expect(sent).toHaveLength(1)
    expect(JSON.stringify(record.payload.request)).toBe(sent[0])
    expect(ok(record.payload.response)).toEqual(result)
    expect(record.entry).toMatchObject({
      id: 'r1',
      hook: 'order-sign',
      patientId: 'p1',
      coverage: 'Coverage/cov1',
      outcome: 'answered',
      title: 'MRI of the knee (73721)',
      assertionIds: ['AH-7F31-0092'],
      suggestionUuids: ['s1'],
    })
  })

  it('is what came back too where it could not be read', async () => {
    const { record } = await asked(() => ok({ cards: 'none' }))
    expect(record.entry.outcome).toBe('failed')
    expect(record.payload.response).toEqual({ cards: 'none' })
  })

  it('is the failure where nothing came back', async () => {
    const { record } = await asked(() => fail({ kind: 'http', server: 'Acme Health', status: 412 }))
    expect(record.entry).toMatchObject({ outcome: 'failed', failure: { kind: 'http', status: 412 } })
    expect('response' in record.payload).toBe(false)
  })
})
