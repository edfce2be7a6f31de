import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type startTestEhr, TestApp } from '../sandbox/ehr/test-app'
import { createChartWriter, createEhr } from '../src/clients/ehr'
import { createHttp } from '../src/clients/http'
import { digest } from '../src/clients/system'
import { renderText } from '../src/domain/document/text'
import { serverCapability } from '../src/domain/fhir/capability'
import { noReferences } from '../src/domain/fhir/references'
import { type FhirJson, isObject, isResource, list, objects, text } from '../src/domain/json'
import { chartCopies } from '../src/domain/pdex/chart-copies'
import { noRefusals } from '../src/domain/pdex/document-form'
import type { EhrProfileId } from '../src/domain/pdex/ehr-profile'
import { ehrProfile } from '../src/domain/pdex/ehr-profiles'
import type { HistoryRecord } from '../src/domain/pdex/record'
import { type WriteDependencies, type WriteReport, writeStatus } from '../src/domain/pdex/write'
import { planWrite, type WritePlan } from '../src/domain/pdex/write-plan'
import { attachments } from '../src/domain/pdex/write-scenario.testing'
import { ok } from '../src/domain/result'
import { root } from './stack'

/** The app was killed at that moment. */
export class Killed extends Error {}

const PAYER = 'https://payer.example/fhir'
const PATIENT = 'jane-roe'

const config: unknown = JSON.parse(readFileSync(join(root, 'public/config.json'), 'utf8'))

/** The EHR profile that the sandbox's configuration gives a personality. */
function profileOf(personality: string): EhrProfileId | undefined {
  const issuer = objects(config, 'issuers').find((i) => text(i, 'issuer')?.includes(`/${personality}/fhir`))
  return text(issuer, 'ehrProfile') as EhrProfileId | undefined
}

/** What a killed app leaves: every step is counted, and the one with the number is the last. */
export class Killer {
  steps = 0
  constructor(readonly at: number) {}

  /** Throws at its step, and at every one after it: a dead app does nothing more. */
  step(): void {
    this.steps += 1
    if (this.steps > this.at) throw new Killed()
  }
}

/** One launch of the app at one kind of EHR of the sandbox, over HTTP, with the parts of the app that write. */
export async function launchAt(
  ehr: Awaited<ReturnType<typeof startTestEhr>>,
  personality: string,
  { fault, journal }: { readonly fault?: string; readonly journal: { saved: string | undefined } },
) {
  const app = new TestApp(ehr.url, personality)
  const needsVisit = profileOf(personality) === 'epic' || profileOf(personality) === 'oracle-dstu2'
  const encounterId = 'jane-roe-visit-today'
  const { body } = await app.connect({
    ...(fault !== undefined && { fault }),
    ...(needsVisit && { encounter: encounterId }),
  })
  const http = createHttp({
    name: 'Lakeside EHR',
    base: app.iss,
    token: async () => ok(String(body.access_token)),
    timeoutMs: 10_000,
  })
  const chart = createEhr(http)
  const writer = createChartWriter(http)
  const statement = await chart.capability()
  const capability = serverCapability(
    statement.ok ? statement.value : { resourceType: 'CapabilityStatement' },
    String(body.scope).split(' '),
  )
  const profile = ehrProfile(profileOf(personality))

  /** With a kill: each request and each save of the journal is a step before it, in the middle of it and after it. */
  const dependencies = (killer = new Killer(Number.POSITIVE_INFINITY)): WriteDependencies => {
    const killable =
      <A extends readonly unknown[], T>(run: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        killer.step()
        const under = run(...args)
        try {
          killer.step()
        } catch (error) {
          // The request is on its way, and nobody waits for its answer any more.
          await under.catch(() => undefined)
          throw error
        }
        const answer = await under
        killer.step()
        return answer
      }
    return {
      writer: { create: killable(writer.create) },
      chart: {
        ...chart,
        read: killable(chart.read),
        search: killable(chart.search),
        next: killable(chart.next),
      },
      journal: {
        load: async () => (journal.saved === undefined ? undefined : (JSON.parse(journal.saved) as unknown)),
        save: killable(async (_, value) => {
          journal.saved = JSON.stringify(value)
        }),
      },
      clock: {
        now: () => ehr.clock.now,
        after: (_ms, run) => {
          const timer = setTimeout(run, 0)
          return () => clearTimeout(timer)
        },
      },
      // A PDF that can be looked into.
      pdf: { render: async (document) => ok(new TextEncoder().encode(renderText(document))) },
      digest,
    }
  }

  const plan = async (chosen: readonly HistoryRecord[]): Promise<WritePlan> => {
    const copies = await chartCopies(chosen, { chart, capability, payerBase: PAYER, patientId: PATIENT })
    const context = {
      member: {
        payer: {
          id: 'acme',
          name: 'Acme Health',
          identifiers: [],
          fhirBase: PAYER,
          authorization: 'open' as const,
        },
        patient: { resourceType: 'Patient', id: 'm1' },
        patientId: 'm1',
      },
      payerBase: PAYER,
      references: noReferences,
      patient: { resourceType: 'Patient', id: PATIENT },
      patientId: PATIENT,
      ehrName: 'Lakeside EHR',
      ehrBase: app.iss,
      fhirUser: 'Practitioner/moreno',
      ...(needsVisit && { encounterId }),
      madeAt: '2026-11-20T10:32:00-05:00',
    }
    return planWrite(chosen, capability, context, profile, noRefusals, { copies, says: new Map() })
  }
  return { dependencies, plan, status: (of: WritePlan) => writeStatus(of, 's', dependencies().journal) }
}

/** What the chart holds of what was written, whatever EHR it was written through. */
export async function chartNow(ehr: Awaited<ReturnType<typeof startTestEhr>>): Promise<readonly FhirJson[]> {
  const app = new TestApp(ehr.url)
  const { body } = await app.connect()
  const types = ['AllergyIntolerance', 'Condition', 'Procedure', 'MedicationStatement', 'DocumentReference']
  const found = await Promise.all(
    types.map(async (type) => {
      const answer = await app.fhir(
        `${type}?patient=${PATIENT}&_revinclude=Provenance:target&_count=1000`,
        body.access_token,
      )
      return list(await answer.json(), 'entry').flatMap((entry) =>
        isObject(entry) && isResource(entry.resource) ? [entry.resource] : [],
      )
    }),
  )
  return found.flat()
}

/** How often each record is in the chart, or among the files to save. The FHIR document beside a PDF is no second copy. */
export function timesKept(
  chosen: readonly HistoryRecord[],
  stored: readonly FhirJson[],
  report: WriteReport,
): readonly number[] {
  const documents = stored.filter((r) => r.resourceType === 'DocumentReference' && r.relatesTo === undefined)
  const words = documents.map((document) => attachments(document).map((a) => a.words))
  return chosen.map(({ key, resource, display }) => {
    const url = `${PAYER}/${resource.resourceType}/${resource.id}`
    const entries = stored.filter((r) => objects(r, 'identifier').some((i) => i.value === url))
    const inDocuments = words.filter((files) => files.some((file) => file.includes(display.what)))
    return entries.length + inDocuments.length + (report.download?.keys.includes(key) ? 1 : 0)
  })
}
