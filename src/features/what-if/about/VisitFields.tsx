import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Controller } from 'react-hook-form'
import { conceptText } from '../../../domain/fhir/coding'
import { type FhirJson, objects, text } from '../../../domain/json'
import { Field, formatDate } from '../../../ui'
import { CodeSearch } from '../../asking/CodeSearch'
import { ONCE } from '../../asking/once'
import { VISIT_SYSTEMS } from '../../asking/order-kinds'
import { TypedCodeLater } from '../../asking/TypedCodeLater'
import { useWork } from '../../work'
import { FIELD_IDS } from '../field-ids'
import { PartyField } from '../PartyField'
import type { FormProps } from '../QuestionForm'
import { VISIT_SETTINGS } from '../visit-settings'
import { VISIT_TYPES, VISIT_VALUE_SET } from './visit-types'

interface Props extends FormProps {
  readonly why: ReactNode
}

/** A visit that begins or ends: one of the chart, or one that does not exist. */
export default function VisitFields(props: Props) {
  const { form, values } = props
  const visits = useOpenVisits(props)
  return (
    <>
      <fieldset className="wi-kinds">
        <legend>What happens</legend>
        <div className="cluster">
          <label className="check">
            <input type="radio" value="start" {...form.register('visit.moment')} />
            The visit begins
          </label>
          <label className="check">
            <input type="radio" value="discharge" {...form.register('visit.moment')} />
            The patient is discharged
          </label>
        </div>
      </fieldset>
      <Field
        id={FIELD_IDS.encounter}
        label="Which visit"
        hint={visits === undefined ? 'The visits in the chart could not be read.' : undefined}
      >
        {(control) => (
          <select {...control} {...form.register('visit.real')}>
            <option value="">One that does not exist yet</option>
            {unlisted(values.visit.real, visits ?? [])}
            {(visits ?? []).map((visit) => (
              <option key={visit.id} value={visit.id}>
                In the chart: {visitWords(visit)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {values.visit.real === '' && <NewVisit {...props} />}
    </>
  )
}

function NewVisit({ form, errorOf, why }: Props) {
  return (
    <>
      <Controller
        control={form.control}
        name="visit.what"
        render={({ field }) => (
          <CodeSearch
            id={FIELD_IDS.type}
            label="Kind of visit"
            hint="For example: check-up, follow-up, hospital admission"
            subject={{ key: 'visit', valueSets: [VISIT_VALUE_SET] }}
            value={field.value}
            onChange={field.onChange}
            inputRef={field.ref}
            near={VISIT_TYPES}
            elsewhere={[]}
            error={errorOf(FIELD_IDS.type)}
          />
        )}
      />
      <TypedCodeLater
        id="wi-visit-typed"
        summary="Enter a code yourself"
        systems={VISIT_SYSTEMS}
        onUse={(item) => form.setValue('visit.what', { text: item.label, item }, { shouldDirty: true })}
      />
      <Field id={FIELD_IDS.class} label="Where the patient is seen" error={errorOf(FIELD_IDS.class)}>
        {(control) => (
          <select {...control} {...form.register('visit.setting')}>
            {VISIT_SETTINGS.map(({ code, words }) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="pair">
        <Field id={FIELD_IDS.time} label="Begins" error={errorOf(FIELD_IDS.time)}>
          {(control) => <input type="date" {...control} {...form.register('visit.start')} />}
        </Field>
        <Field id="wi-visit-end" label="Ends" optional>
          {(control) => <input type="date" {...control} {...form.register('visit.end')} />}
        </Field>
      </div>
      <div className="pair">
        <PartyField
          form={form}
          name="visit.who"
          id="wi-visit-who"
          label="With"
          optional
          types={['Practitioner']}
        />
        <PartyField
          form={form}
          name="visit.where"
          id="wi-visit-where"
          label="At"
          optional
          types={['Location']}
        />
      </div>
      {why}
    </>
  )
}

const OVER = ['finished', 'cancelled', 'entered-in-error']

/** The visits of the chart that are not over; undefined where they could not be read. */
function useOpenVisits({ cache }: FormProps): readonly FhirJson[] | undefined {
  const { session } = useWork()
  const query = useQuery({
    queryKey: ['what-if', session.key, 'visits'],
    queryFn: () => cache.search('Encounter', [['patient', session.patientId]]),
    ...ONCE,
  })
  if (query.data === undefined) return []
  return query.data.ok
    ? query.data.value.matches.filter(
        (visit) => visit.id !== undefined && !OVER.includes(text(visit, 'status') ?? ''),
      )
    : undefined
}

/** A visit that was chosen earlier and is not among those read (any more). */
const unlisted = (id: string, visits: readonly FhirJson[]) =>
  id !== '' && !visits.some((visit) => visit.id === id) ? (
    <option value={id}>In the chart: the visit chosen before</option>
  ) : null

function visitWords(visit: FhirJson): string {
  const type = objects(visit, 'type').flatMap((each) => conceptText(each) ?? [])[0]
  const day = text(visit, 'period', 'start')
  return [type ?? 'Visit', day !== undefined && formatDate(day), text(visit, 'status')]
    .filter(Boolean)
    .join(', ')
}
