import type { DocumentForm } from './document-form'
import { isThere, type Journal, type Step } from './journal'
import type { WritePlan } from './write-plan'
import { DOCUMENT, documentStep, documentStepId, isAboutForm, LIST, refusalsIn } from './write-refusals'

/**
 * A document names the records in it (`context.related`), and a chart may refuse it for that alone, with the same answer as for its form.
 * What was found out stands in the journal by form: `planned`, it is being tried without; `refused`, that was why: no document of this
 * session has the list any more; `failed`, that was not why.
 */
export const isListLeftOut = (form: DocumentForm, journal: Journal): boolean =>
  refusalsIn(journal).lists || journal.step(LIST + form)?.state === 'planned'

/** Whether the document was refused in this form with its list, and was not tried in it without. */
export function isListSuspect(
  form: DocumentForm,
  identifier: string,
  { profile }: WritePlan,
  journal: Journal,
): boolean {
  const step = journal.step(documentStepId(form, identifier))
  return (
    profile.listsRecords &&
    !refusalsIn(journal).lists &&
    journal.step(LIST + form) === undefined &&
    step !== undefined &&
    isRefusedContent(step)
  )
}

const isRefusedContent = (step: Step): boolean =>
  isAboutForm(step) && (step.why?.status === 400 || step.why?.status === 422)

/** From here on this form goes without: the document first, so that a break in between leaves nothing but another attempt with it. */
export async function leaveListOut(form: DocumentForm, identifier: string, journal: Journal): Promise<void> {
  await takeBack(documentStepId(form, identifier), journal)
  await journal.enter(LIST + form, { state: 'planned' })
}

async function takeBack(id: string, journal: Journal): Promise<void> {
  const keys = journal.step(id)?.keys
  await journal.enter(id, { state: 'planned', ...(keys && { keys }) })
}

/** What the chart's answer to a document tells about the list. Was that why, then no form is known to be refused that had it. */
export async function settleList(form: DocumentForm, step: Step, journal: Journal): Promise<void> {
  if (journal.step(LIST + form)?.state !== 'planned') return
  if (isThere(step)) {
    for (const [id, other] of journal.steps(DOCUMENT))
      if (isRefusedContent(other) && journal.step(LIST + documentStep(id).form) === undefined)
        await takeBack(id, journal)
    await journal.enter(LIST + form, { state: 'refused' })
  }
  if (step.state === 'refused') await journal.enter(LIST + form, { state: 'failed' })
}
