import { lazy, Suspense, useState } from 'react'
import { formTitle, type NamedForm } from '../../domain/crd/questionnaire-source'
import type { FhirJson } from '../../domain/json'
import { Disclosure, Skeleton } from '../../ui'

const QuestionnaireView = lazy(() => import('./QuestionnaireView'))

interface Props {
  readonly forms: readonly NamedForm[]
  readonly payerName: string
}

/** Forms that the payer wants filled in: to be looked at where their questions came along, else by name. None is fetched. */
export function Forms({ forms, payerName }: Props) {
  if (forms.length === 0) return null
  return (
    <ul className="plain wi-forms">
      {forms.map((each, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the forms of an answer never move
        <li key={i}>
          {each.kind === 'here' ? (
            <FormLook form={each.form} />
          ) : (
            <>
              Form of the payer: <code>{each.canonical}</code>
              <br />
              <span className="soft small">
                {payerName} named this form and did not send its questions along, so they cannot be shown
                here. They are asked once there is a real order.
              </span>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The questions of one form, laid out when somebody wants to see them. */
function FormLook({ form }: { readonly form: FhirJson }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Disclosure summary={`Look at the form: ${formTitle(form)}`} onToggle={setOpen}>
      {isOpen && (
        <Suspense fallback={<Skeleton lines={4} label="Laying out the form" />}>
          <QuestionnaireView form={form} />
        </Suspense>
      )}
    </Disclosure>
  )
}
