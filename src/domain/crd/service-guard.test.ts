import { describe, expect, it } from 'vitest'
import type { FhirPathPort } from '../ports'
import { fail, ok } from '../result'
import { prepare } from './ask'
import { payerOf, scenario, service, worldOf } from './samples.test-data'

/** A stand-in that knows just `%name.exists()`. */
const exists: FhirPathPort = {
  async evaluate(expression, _input, variables) {
    const name = /^%(\w+)\.exists\(\)$/.exec(expression)?.[1] ?? ''
    const value = variables[name]
    return ok([value !== undefined && !(Array.isArray(value) && value.length === 0)])
  },
}

const guarded = (guard: string, fhirPath: FhirPathPort = exists) => {
  const cds = payerOf(async () => ok({ cards: [] }))
  const prefetch = {
    ...service.prefetch,
    coverage: 'Coverage?beneficiary=context.patientId&status=active&payor.identifier=ACME|urn:oid:1.2.3',
    broken: 'Observation?code={{',
    none: 'Observation?patient={{context.patientId}}',
  }
  cds.discover = async () => ok({ services: [{ ...service, versions: [], prefetch, guard }], unreadable: 0 })
  return prepare(scenario, worldOf({ cds, fhirPath }))
}

describe('a payer’s own rule for when it may be asked', () => {
  it('lets the question through where it holds, over prefetch and context by name', async () => {
    for (const name of ['coverage', 'patientId', 'draftOrders'])
      expect((await guarded(`%${name}.exists()`)).kind).toBe('ready')
  })

  it('stops the question where it does not hold, and is told', async () => {
    const preparation = await guarded('%none.exists()')
    expect(preparation.kind === 'not-ready' && preparation.answer).toMatchObject({
      kind: 'refused',
      rule: 'service-guard',
      message: expect.stringContaining('%none.exists()') as string,
    })
  })

  it.each([
    ['what it is about could not be read', '%broken.exists()', exists],
    [
      'it cannot be evaluated',
      '(',
      { evaluate: async () => fail({ kind: 'malformed' as const, server: '', path: '', message: '' }) },
    ],
  ])('lets the question through with a notice where %s', async (_what, guard, fhirPath) => {
    const preparation = await guarded(guard, fhirPath)
    expect(preparation.kind === 'ready' && preparation.disclosure.notices.at(-1)).toContain(
      'could not be evaluated',
    )
  })

  it.each([[[]], [[false]], [[true, true]], [['true']]])(
    'does not hold where it comes to %j',
    async (value) => {
      expect((await guarded('x', { evaluate: async () => ok(value) })).kind).toBe('not-ready')
    },
  )
})
