import { useEffect, useRef, useState } from 'react'
import type { WriteReport } from '../../domain/pdex/write'
import type { WritePlan } from '../../domain/pdex/write-plan'
import type { ChartWriterPort } from '../../domain/ports'
import { useWork } from '../work'

export interface WriteRun {
  readonly plan: WritePlan
  readonly report: WriteReport
}

/** Runs an approved plan; the same plan can be run again to go on. Leaving warns while it runs, and while a download was not taken. */
export function useWrite(chartWriter: ChartWriterPort) {
  const { session, ports } = useWork()
  const [run, setRun] = useState<WriteRun>()
  const abort = useRef<AbortController>(undefined)
  const running = run?.report.ended === 'running'
  const [taken, setTaken] = useState(false)
  // What only this window holds would be lost by leaving.
  const leavingLoses = running || (run?.report.download !== undefined && !taken)

  const write = async (plan: WritePlan): Promise<void> => {
    const own = new AbortController()
    abort.current = own
    setTaken(false)
    const show = (report: WriteReport): void => setRun({ plan, report })
    show({
      ended: 'running',
      records: plan.records.map(({ record }) => ({ key: record.key, state: 'left' })),
    })
    const { journal, clock, pdf, digest, ehr } = ports
    const { runWrite } = await import('./write-engine')
    const report = await runWrite(
      plan,
      session.key,
      { writer: chartWriter, chart: ehr, journal, clock, pdf, digest },
      { signal: own.signal, onProgress: show },
    )
    show(report)
  }
  /** What the user saw in the chart of a step that nobody else can look up. */
  const settle = async (step: string, seen: 'there' | 'absent'): Promise<void> => {
    if (run === undefined) return
    const { settleByUser } = await import('./write-engine')
    const { records } = await settleByUser(step, seen, run.plan, session.key, ports.journal)
    setRun({ ...run, report: { ...run.report, records } })
  }
  const stop = (): void => abort.current?.abort()

  useEffect(() => {
    if (!leavingLoses) return
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [leavingLoses])

  return { run, running, write, stop, settle, markTaken: () => setTaken(true) }
}
