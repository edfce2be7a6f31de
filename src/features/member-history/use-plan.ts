import { useRef, useState } from 'react'
import { instantAt } from '../../domain/document/made-at'
import { serverCapability } from '../../domain/fhir/capability'
import type { DiagnosisSay } from '../../domain/pdex/diagnosis'
import type { HistoryRecord, RecordKey } from '../../domain/pdex/record'
import type { WriteReport } from '../../domain/pdex/write'
import type { WriteContext, WritePlan } from '../../domain/pdex/write-plan'
import { fail, type Problem, type Result } from '../../domain/result'
import { findIssuer } from '../../domain/site'
import { useWork } from '../work'
import { loadPart } from './load-part'
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
const loadEngine = () => loadPart(() => import('./write-engine')).catch(() => undefined)

/** Asks the chart what it takes, then decides for each chosen record how it is kept. Nothing is written here. */
export function usePlan() {
  const { session, chart, ports, site } = useWork()
  const [state, setState] = useState<PlanState>({ kind: 'none' })
  const turn = useRef(0)
  /** Said of single diagnoses; kept while other records are chosen, and forgotten with the member. */
  const says = useRef<ReadonlyMap<RecordKey, DiagnosisSay>>(new Map())
  const replan = useRef<() => WritePlan>(undefined)

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
    const { payerBase, patientId } = context.value
    const copies = await engine.chartCopies(records, { chart: ports.ehr, capability, payerBase, patientId })
    const again = (): WritePlan =>
      engine.planWrite(records, capability, context.value, profile, refused, { copies, says: says.current })
    const plan = again()
    const before = await engine.writeStatus(plan, session.key, ports.journal)
    if (turn.current !== own) return
    replan.current = again
    setState({ kind: 'ready', plan, before })
  }
  /** What the clinician says of one diagnosis: the plan says it in words, and the request carries it. */
  const say = (key: RecordKey, said: DiagnosisSay): void => {
    says.current = new Map(says.current).set(key, said)
    const plan = replan.current?.()
    if (plan !== undefined) setState((old) => (old.kind === 'ready' ? { ...old, plan } : old))
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
    says.current = new Map()
    replan.current = undefined
    setState({ kind: 'none' })
  }
  return { state, make, say, forget }
}
