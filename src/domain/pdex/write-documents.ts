import { SECTION_TITLES, SECTIONS } from '../fhir/section'
import type { DocumentForm } from './document-form'
import { documentIdentifier } from './document-identifier'
import { isThere, isUncertain, type Journal, type Step } from './journal'
import type { HistoryRecord, RecordKey } from './record'
import type { WritePlan } from './write-plan'
import { isListLeftOut, isListSuspect, leaveListOut, settleList } from './write-record-list'
import {
  DOCUMENT,
  documentStep,
  documentStepId,
  ENTRY,
  isAboutType,
  isTooLarge,
  refusalsIn,
} from './write-refusals'
import { besideRequest, documentFinding, documentRequest, type RequestPorts } from './write-requests'
import { runStep, type StepEnd, type StepRequest, type StepWorld } from './write-step'

/** Why a run ended before its end. */
export type Halt = Exclude<StepEnd, { readonly kind: 'done' }>

/** Documents that a break left uncertain come first, then as few as possible for all that is in none yet. */
export async function writeDocuments(
  plan: WritePlan,
  ports: RequestPorts,
  world: StepWorld,
): Promise<Halt | undefined> {
  const byKey = new Map(plan.records.map(({ record }) => [record.key, record]))
  for (const [id, step] of world.journal.steps(DOCUMENT)) {
    if (!isUncertain(step)) continue
    const end = await runStep(unfinished(id, step, byKey, plan, ports, world), world)
    if (end.kind !== 'done') return end
    await settleList(documentStep(id).form, end.step, world.journal)
  }
  if (plan.document.kind === 'none') return undefined
  const settled = world.journal.steps(DOCUMENT).filter(([, step]) => isThere(step) || isUncertain(step))
  const taken = new Set(settled.flatMap(([, step]) => step.keys ?? []))
  const open = recordsForDocument(plan, world.journal).filter((record) => !taken.has(record.key))
  const parts: (readonly HistoryRecord[])[] = open.length === 0 ? [] : [open]
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const end = await place(part, part.length < open.length, plan, ports, world)
    if (end === 'too large') parts.unshift(...split(part))
    else if (end !== undefined) return end
  }
  return undefined
}

/** A document of which a record is no longer chosen is looked up, but not sent again. */
function unfinished(
  id: string,
  step: Step,
  byKey: ReadonlyMap<RecordKey, HistoryRecord>,
  plan: WritePlan,
  ports: RequestPorts,
  { journal }: StepWorld,
): StepRequest {
  const { form, identifier } = documentStep(id)
  const withoutList = isListLeftOut(form, journal)
  const keys = step.keys ?? []
  const records = keys.flatMap((key) => byKey.get(key) ?? [])
  if (records.length === keys.length)
    return documentRequest({ records, identifier, form, withoutList }, plan, ports)
  return {
    id,
    type: 'DocumentReference',
    keys,
    ...documentFinding(identifier, plan, ports),
    resource: () =>
      Promise.resolve({
        ok: false,
        problem: {
          kind: 'refused',
          rule: 'document-changed',
          message: 'Another choice of records was made.',
        },
      }),
  }
}

/** Refused as entries, of a type that is refused, or meant for the document from the start. */
const recordsForDocument = (plan: WritePlan, journal: Journal): readonly HistoryRecord[] => {
  const { types } = refusalsIn(journal)
  return plan.records
    .filter(({ record, tier, entry }) => {
      const step = journal.step(ENTRY + record.key)
      const isTypeRefused =
        entry !== undefined && step === undefined && types.has(entry.resource.resourceType)
      return tier !== 'there' && (tier === 'document' || step?.state === 'refused' || isTypeRefused)
    })
    .map(({ record }) => record)
}

/**
 * Tries one form after the other until the chart takes one (PDex §52 to §56). Undefined: placed, refused in all, or not certain. Where
 * all are refused, the list of the records in it may be why: it is left out last, since a later session finds them by it.
 */
async function place(
  records: readonly HistoryRecord[],
  isPart: boolean,
  plan: WritePlan,
  ports: RequestPorts,
  world: StepWorld,
): Promise<Halt | 'too large' | undefined> {
  if (plan.document.kind === 'none') return undefined
  const identifier = await documentIdentifier(records, plan.context, ports.digest)
  const part = isPart ? partName(records) : undefined
  const { forms } = plan.document
  const { journal } = world
  const attempts = [true, false].flatMap((listed) => forms.map((form) => ({ form, listed })))
  for (const { form, listed } of attempts) {
    const refused = refusalsIn(journal)
    const isTried = journal.step(documentStepId(form, identifier)) !== undefined
    if (refused.documents || (refused.forms.has(form) && !isTried)) continue
    if (!listed) {
      if (!isListSuspect(form, identifier, plan, journal)) continue
      await leaveListOut(form, identifier, journal)
    }
    const withoutList = isListLeftOut(form, journal)
    const order = { records, identifier, form, withoutList, ...(part !== undefined && { part }) }
    const end = await runStep(documentRequest(order, plan, ports), world)
    if (end.kind !== 'done') return end
    const { step } = end
    await settleList(form, step, journal)
    if (step.state !== 'refused') return beside(order, step, plan, ports, world)
    if (isTooLarge(step) && records.length > 1) return 'too large'
    if (isAboutType(step)) return undefined
  }
  return undefined
}

/** The FHIR document follows a PDF that went alone. Where the chart does not take it the PDF is enough. */
async function beside(
  order: {
    readonly records: readonly HistoryRecord[]
    readonly identifier: string
    readonly form: DocumentForm
  },
  step: Step,
  plan: WritePlan,
  ports: RequestPorts,
  world: StepWorld,
): Promise<Halt | undefined> {
  const wanted = plan.document.kind === 'attach' && plan.document.bundleBeside && order.form === 'pdf'
  if (!wanted || step.state !== 'written' || step.reference === undefined) return undefined
  if (refusalsIn(world.journal).bundles) return undefined
  const end = await runStep(besideRequest(order, step.reference, plan, ports), world)
  return end.kind === 'done' ? undefined : end
}

/** By section; a section that is too large alone, in halves. The same records give the same parts. */
function split(records: readonly HistoryRecord[]): readonly (readonly HistoryRecord[])[] {
  const sections = SECTIONS.map((section) => records.filter(({ display }) => display.section === section))
  const filled = sections.filter((section) => section.length > 0)
  if (filled.length > 1) return filled
  const half = Math.ceil(records.length / 2)
  return [records.slice(0, half), records.slice(half)]
}

function partName(records: readonly HistoryRecord[]): string {
  const sections = SECTIONS.filter((section) => records.some(({ display }) => display.section === section))
  return sections.map((section) => SECTION_TITLES[section]).join(', ')
}
