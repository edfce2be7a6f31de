import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../result'
import { tokenValue, userTokens } from './prefetch-token'
import { fhirBase } from './samples.test-data'

const long = "context.draftOrders.entry.resource.where(status = 'draft').id"

async function evaluate(expression: string, engine: Result<readonly unknown[]> = ok([])) {
  const asked: string[] = []
  const value = await tokenValue(
    { expression },
    {
      roots: { context: { patientId: 'p1' }, ...userTokens('Practitioner/dr1') },
      fhirBase,
      drafts: [],
      read: async () => ok(undefined),
      today: '2026-11-20',
      fhirPath: {
        evaluate: async (given) => {
          asked.push(given)
          return engine
        },
      },
    },
  )
  return { value, asked }
}

describe('a prefetch token', () => {
  it('needs no engine where it is simple', async () => {
    const { value, asked } = await evaluate('userPractitionerId')
    expect(value).toEqual(ok({ kind: 'values', values: ['dr1'] }))
    expect(asked).toEqual([])
  })

  it('is absent where it names another kind of user', async () => {
    expect((await evaluate('userPatientId')).value).toEqual(ok({ kind: 'absent' }))
  })

  it('is left to the FHIRPath engine where it is longer, and lists each value once', async () => {
    const { value, asked } = await evaluate(long, ok(['s1', 's1', 2, true]))
    expect(value).toEqual(ok({ kind: 'values', values: ['s1', '2', 'true'] }))
    expect(asked).toEqual([long])
  })

  it('is not usable where the engine finds something else than values', async () => {
    expect((await evaluate(long, ok([{ resourceType: 'Patient' }]))).value).toMatchObject({ ok: false })
  })

  it('fails with the engine', async () => {
    const timeout = fail({ kind: 'timeout', server: 'x', afterMs: 1000 })
    expect((await evaluate(long, timeout)).value).toEqual(timeout)
  })
})
