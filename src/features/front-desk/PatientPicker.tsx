import { type FormEvent, useEffect, useRef, useState } from 'react'
import { isCalendarDate } from '../../domain/crd/scenario'
import { fullName, readPerson } from '../../domain/fhir/person'
import { type FhirJson, text } from '../../domain/json'
import type { EhrPort } from '../../domain/ports'
import type { Problem } from '../../domain/result'
import { Button, ErrorSummary, Field, type FieldError, formatDate, Panel, ProblemNotice } from '../../ui'
import type { Desk } from '../work'
import './front-desk.css'

type Patient = FhirJson & { readonly id: string }

type Search =
  | { readonly kind: 'none' | 'searching' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'found'; readonly patients: readonly Patient[]; readonly isCut: boolean }

const IDS = { name: 'fd-name', born: 'fd-born' } as const
const MOST = 20

/** A patient by name and exact birth date, both of them: nobody is shown a list of everyone. */
export function PatientPicker({
  desk,
  onPick,
}: {
  readonly desk: Desk
  readonly onPick: (patient: Patient) => void
}) {
  const [name, setName] = useState('')
  const [born, setBorn] = useState('')
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [search, setSearch] = useState<Search>({ kind: 'none' })
  const results = useRef<HTMLHeadingElement>(null)
  const { ehr } = desk.ports
  useEffect(() => document.getElementById(IDS.name)?.focus({ preventScroll: true }), [])
  useEffect(() => {
    if (search.kind === 'found') results.current?.focus()
  }, [search])
  const find = async (event?: FormEvent) => {
    event?.preventDefault()
    if (search.kind === 'searching') return
    const wrong = [
      ...(name.trim().length < 2
        ? [{ fieldId: IDS.name, message: 'Enter at least two letters of the name.' }]
        : []),
      ...(isCalendarDate(born) ? [] : [{ fieldId: IDS.born, message: 'Enter the whole birth date.' }]),
    ]
    setErrors(wrong)
    if (wrong.length > 0) return
    setSearch({ kind: 'searching' })
    setSearch(await findPatients(ehr, name.trim(), born))
  }
  const errorOf = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.message
  return (
    <div className="stack fd-picker">
      <ErrorSummary errors={errors} />
      <form noValidate onSubmit={(event) => void find(event)}>
        <Panel level={1} title="For which patient?">
          <div className="pair">
            <Field id={IDS.name} label="Name" hint="Family or given name" error={errorOf(IDS.name)}>
              {(control) => (
                <input
                  {...control}
                  value={name}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={({ target }) => setName(target.value)}
                />
              )}
            </Field>
            <Field id={IDS.born} label="Birth date" hint="The exact one" error={errorOf(IDS.born)}>
              {(control) => (
                <input
                  {...control}
                  type="date"
                  value={born}
                  onChange={({ target }) => setBorn(target.value)}
                />
              )}
            </Field>
          </div>
          <div className="cluster">
            <Button type="submit" variant="primary" busy={search.kind === 'searching'}>
              Find the patient
            </Button>
          </div>
        </Panel>
      </form>
      {search.kind === 'failed' && (
        <ProblemNotice
          role="alert"
          problem={search.problem}
          notDone="No patient was looked up, and nothing was sent to any payer. You can open the app from the patient’s chart."
          onRetry={() => void find()}
        />
      )}
      {search.kind === 'found' && (
        <Panel
          headingRef={results}
          title={
            search.patients.length === 0
              ? 'Nobody of that name and birth date'
              : search.patients.length === 1
                ? 'One patient found'
                : `${search.patients.length} patients found`
          }
        >
          {search.patients.length === 0 && (
            <p>Check the spelling and the birth date, or open the app from the patient’s chart.</p>
          )}
          <ul className="plain fd-found">
            {search.patients.map((patient) => (
              <li key={patient.id}>
                <Found patient={patient} />
                <Button onClick={() => onPick(patient)}>Ask for {fullName(patient)}</Button>
              </li>
            ))}
          </ul>
          {search.isCut && <p className="soft">There are more: enter more of the name.</p>}
        </Panel>
      )}
    </div>
  )
}

function Found({ patient }: { readonly patient: Patient }) {
  const { birthDate, identifier } = readPerson(patient)
  return (
    <span>
      <strong>{fullName(patient)}</strong>, born {formatDate(birthDate)}
      {identifier && `, ${identifier.label} ${identifier.value}`}
    </span>
  )
}

/** The server's own search is not relied on for the birth date: another one is never shown. */
async function findPatients(ehr: EhrPort, name: string, born: string): Promise<Search> {
  const isBorn = [
    ['birthdate', born],
    ['_count', String(MOST)],
  ] as const
  const named = await ehr.search('Patient', [['name', name], ...isBorn])
  const isRefused = !named.ok && named.problem.kind === 'http' && named.problem.status === 400
  // Some servers know the family name alone.
  const page = isRefused ? await ehr.search('Patient', [['family', name], ...isBorn]) : named
  if (!page.ok) return { kind: 'failed', problem: page.problem }
  const patients = page.value.matches.filter(
    (each): each is Patient =>
      each.resourceType === 'Patient' && each.id !== undefined && text(each, 'birthDate') === born,
  )
  return { kind: 'found', patients, isCut: page.value.next !== undefined }
}
