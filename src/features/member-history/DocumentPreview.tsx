import { useState } from 'react'
import { renderAscii } from '../../domain/document/ascii'
import { renderText } from '../../domain/document/text'
import { chartDocument } from '../../domain/pdex/chart-document'
import { documentOutline } from '../../domain/pdex/document-reference'
import type { HistoryRecord } from '../../domain/pdex/record'
import type { PlannedRecord, WritePlan } from '../../domain/pdex/write-plan'
import { Disclosure } from '../../ui'
import { JsonView } from './JsonView'

interface Props {
  readonly plan: WritePlan
  /** What goes into the document. */
  readonly planned: readonly PlannedRecord[]
}

/** More than these nobody reads through in a box, and making them would hold the page up. */
const PREVIEWED = 200

/** The document before it is made: what it says, and the request around it (U13). Made when it is looked at. */
export function DocumentPreview({ plan, planned }: Props) {
  const [isRead, setRead] = useState(false)
  const [isSent, setSent] = useState(false)
  const form = plan.document.kind === 'attach' ? plan.document.forms[0] : undefined
  const records = planned.map(({ record }) => record)
  return (
    <div className="mh-more small">
      <Disclosure summary="Preview the document" onToggle={setRead}>
        {isRead && (
          <>
            <p className="field-hint">
              Every form has this content.
              {records.length > PREVIEWED &&
                ` Here are the first ${PREVIEWED} of ${records.length} records; the document has all of them.`}
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard */}
            <pre className="code" tabIndex={0}>
              {previewText(records.slice(0, PREVIEWED), plan, form === 'text')}
            </pre>
          </>
        )}
      </Disclosure>
      {form !== undefined && (
        <Disclosure summary="What exactly is sent for the document" onToggle={setSent}>
          {isSent && (
            <>
              <p className="field-hint">
                POST {plan.context.ehrBase}/DocumentReference, with the files, their size and hash filled in,
                and the name that it is found again by. A document that is too large is split by section.
              </p>
              <JsonView
                value={documentOutline({
                  records,
                  identifier: 'ni:///sha-256;…',
                  form,
                  context: plan.context,
                  profile: plan.profile,
                  release: plan.capability.release,
                })}
              />
            </>
          )}
        </Disclosure>
      )}
    </div>
  )
}

function previewText(records: readonly HistoryRecord[], { context }: WritePlan, isAscii: boolean): string {
  const content = chartDocument(records, context)
  return isAscii ? renderAscii(content) : renderText(content)
}
