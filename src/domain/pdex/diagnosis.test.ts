import { describe, expect, it } from 'vitest'
import { noReferences } from '../fhir/references'
import { text } from '../json'
import type { DiagnosisSay } from './diagnosis'
import type { EhrProfileId } from './ehr-profile'
import { ehrProfile } from './ehr-profiles'
import { historyRecord, type RecordKey } from './record'
import { simulatedEhr } from './simulated-ehr.testing'
import { runWrite } from './write'
import { able, planWith } from './write-scenario.testing'

const asthma = {
  resourceType: 'Condition',
  id: 'c1',
  subject: { reference: 'Patient/m1' },
  code: { text: 'Asthma' },
}
const ruledOut = { ...asthma, id: 'c2', verificationStatus: { coding: [{ code: 'refuted' }] } }
const claimed = historyRecord('acme', asthma, noReferences, [])
const refuted = historyRecord('acme', ruledOut, noReferences, [])

const say = (isConfirmed: boolean, onProblemList: boolean): ReadonlyMap<RecordKey, DiagnosisSay> =>
  new Map([claimed, refuted].map(({ key }) => [key, { isConfirmed, onProblemList }]))

/** What the chart was given, and what the review said of it. */
async function written(profile: EhrProfileId, says: ReadonlyMap<RecordKey, DiagnosisSay>, record = claimed) {
  const ehr = simulatedEhr(able)
  const plan = planWith(ehr, [record], ehrProfile(profile), says)
  await runWrite(plan, 's1', { ...ehr.dependencies })
  const [condition, provenance] = ehr.stored
  return {
    status: text(condition, 'verificationStatus', 'coding', 0, 'code'),
    category: text(condition, 'category', 0, 'coding', 0, 'code'),
    agents: JSON.stringify(provenance?.agent),
    told: plan.records[0]?.told.join(' '),
    mayBeSaid: plan.records[0]?.diagnosis !== undefined,
  }
}

describe('a diagnosis of a payer', () => {
  it('goes unconfirmed, as an encounter diagnosis, where the clinician says nothing', async () => {
    const { agents, ...rest } = await written('generic', new Map())
    expect(rest).toEqual({
      status: 'unconfirmed',
      category: 'encounter-diagnosis',
      told: 'Marked unconfirmed until you reconcile it. Kept as an encounter diagnosis, not put on the problem list.',
      mayBeSaid: true,
    })
    expect(agents).not.toContain('verifier')
  })

  it('goes confirmed and on the problem list by the clinician’s own act, with the clinician as verifier', async () => {
    const { agents, ...rest } = await written('generic', say(true, true))
    expect(rest).toEqual({
      status: 'confirmed',
      category: 'problem-list-item',
      told: 'Confirmed, as you said. Put on the problem list, as you said.',
      mayBeSaid: true,
    })
    expect(agents).toContain('"verifier"')
    expect(agents).toContain('Practitioner/7')
  })

  it('may be confirmed and stay off the problem list', async () => {
    expect(await written('generic', say(true, false))).toMatchObject({
      status: 'confirmed',
      category: 'encounter-diagnosis',
    })
  })

  it('goes provisional where the EHR takes no other, whatever was said', async () => {
    expect(await written('epic', say(true, true))).toMatchObject({
      status: 'provisional',
      category: 'encounter-diagnosis',
      mayBeSaid: false,
    })
  })

  it('stays ruled out where it was', async () => {
    expect(await written('generic', say(true, true), refuted)).toMatchObject({
      status: 'refuted',
      mayBeSaid: false,
    })
  })
})
