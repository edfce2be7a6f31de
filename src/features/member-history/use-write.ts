import { useEffect, useRef, useState } from 'react'
import { runWrite, type WriteReport } from '../../domain/pdex/write'
import type { WritePlan } from '../../domain/pdex/write-plan'
import type { ChartWriterPort } from '../../domain/ports'
import { useWork } from '../work'

export interface WriteRun {
  readonly plan: WritePlan
  readonly report: WriteReport
}

/** Runs an approved plan; the same plan can be run again to go on. Leaving the page while it runs warns. */
export function useWrite(chartWriter: ChartWriterPort) {
  const { session, ports } = useWork()
  const [run, setRun] = useState<WriteRun>()
  const abort = useRef<AbortController>(undefined)
  const running = run?.report.ended === 'running'

  const write = async (plan: WritePlan): Promise<void> => {
    const own = new AbortController()
    abort.current = own
    const show = (report: WriteReport): void => setRun({ plan, report })
    show({
      ended: 'running',
      records: plan.records.map(({ record }) => ({ key: record.key, state: 'left' })),
    })
    const { journal, clock, pdf, digest, ehr } = ports
    const report = await runWrite(
      plan,
      session.key,
      { writer: chartWriter, chart: ehr, journal, clock, pdf, digest },
      { signal: own.signal, onProgress: show },
    )
    show(report)
  }
  const stop = (): void => abort.current?.abort()

  useEffect(() => {
    if (!running) return
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [running])

  return { run, running, write, stop }
}
