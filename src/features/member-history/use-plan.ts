import { useRef, useState } from 'react'
import { instantAt } from '../../domain/document/made-at'
import { serverCapability } from '../../domain/fhir/capability'
import type { HistoryRecord } from '../../domain/pdex/record'
import type { WriteReport } from '../../domain/pdex/write'
import type { WriteContext, WritePlan } from '../../domain/pdex/write-plan'
import { fail, type Problem, type Result } from '../../domain/result'
import { findIssuer } from '../../domain/site'
import { useWork } from '../work'
import type { HistoryState } from './use-history'

export type PlanState =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly records: readonly HistoryRecord[] }
  /** `before`: what an earlier run of this launch did with these records. */
  | { readonly kind: 'ready'; readonly plan: WritePlan; readonly before: WriteReport }

/** A chart that has no CapabilityStatement to show promises nothing: what was chosen can still be saved as files. */
const NOTHING = { resourceType: 'CapabilityStatement' }
const declaresNothing = (problem: Problem): boolean =>
  problem.kind === 'http' &&
  problem.status >= 400 &&
  problem.status < 500 &&
  problem.status !== 401 &&
  problem.status !== 429

/** Undefined where this part of the app did not come: a lost connection, or a new version on the server. */
const loadEngine = () => import('./write-engine').catch(() => undefined)

/** Asks the chart what it takes, then decides for each chosen record how it is kept. Nothing is written here. */
export function usePlan() {
  const { session, chart, ports, site } = useWork()
  const [state, setState] = useState<PlanState>({ kind: 'none' })
  const turn = useRef(0)

  const make = async (history: HistoryState, records: readonly HistoryRecord[]): Promise<void> => {
    turn.current += 1
    const own = turn.current
    setState({ kind: 'asking' })
    const [statement, engine] = await Promise.all([ports.ehr.capability(), loadEngine()])
    if (turn.current !== own) return
    if (engine === undefined) {
      setState({ kind: 'failed', problem: { kind: 'network', server: 'The rest of this app' }, records })
      return
    }
    if (!statement.ok && !declaresNothing(statement.problem)) {
      setState({ kind: 'failed', problem: statement.problem, records })
      return
    }
    const context = writeContext(history)
    if (!context.ok) {
      setState({ kind: 'failed', problem: context.problem, records })
      return
    }
    const capability = serverCapability(statement.ok ? statement.value : NOTHING, session.scopes)
    const profile = engine.ehrProfile(findIssuer(site.issuers, session.fhirBase)?.ehrProfile)
    const refused = await engine.sessionRefusals(session.key, session.patientId, ports.journal)
    const plan = engine.planWrite(records, capability, context.value, profile, refused)
    const before = await engine.writeStatus(plan, session.key, ports.journal)
    if (turn.current === own) setState({ kind: 'ready', plan, before })
  }

  const writeContext = ({ member, snapshot }: HistoryState): Result<WriteContext> => {
    const { fhirBase } = member.payer
    if (fhirBase === undefined)
      return fail({ kind: 'refused', rule: 'payer', message: 'This payer has no FHIR address.' })
    const now = ports.clock.now()
    return {
      ok: true,
      value: {
        member,
        payerBase: fhirBase,
        references: snapshot.references,
        patient: chart.patient,
        patientId: session.patientId,
        ehrName: session.ehrName,
        ehrBase: session.fhirBase,
        madeAt: instantAt(now, -new Date(now).getTimezoneOffset()),
        ...(session.fhirUser !== undefined && { fhirUser: session.fhirUser }),
        ...(session.encounterId !== undefined && { encounterId: session.encounterId }),
        ...(chart.user && { user: chart.user }),
      },
    }
  }
  const forget = (): void => {
    turn.current += 1
    setState({ kind: 'none' })
  }
  return { state, make, forget }
}
