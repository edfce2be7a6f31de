import { fullName, readPerson } from '../../domain/fhir/person'
import { ageInYears, Button, Disclosure, Field, type FieldError, formatDate, Notice, Panel } from '../../ui'
import { CodeSearch } from '../asking/CodeSearch'
import type { CoverageView } from '../asking/coverage-view'
import { keyOfItem, type OrderItem } from '../asking/order-item'
import { kindOfOrder } from '../asking/order-kinds'
import { PartySearch } from '../asking/PartySearch'
import { TypedCodeLater } from '../asking/TypedCodeLater'
import { useWork } from '../work'
import { CoverageFields } from './CoverageFields'
import { type AskAs, describeService, deskServices, nearItems } from './desk-item'
import { askedAs, DESK_IDS } from './desk-scenario'
import { type DeskValues, fromVisit } from './desk-values'
import type { DeskVisit } from './desk-visit'
import { type HereView, hereWords } from './use-here'
import type { Beginnings } from './use-visits'

interface Props {
  readonly values: DeskValues
  readonly onChange: (values: DeskValues) => void
  /** Undefined while they are being read. */
  readonly visits: Beginnings | undefined
  readonly errors: readonly FieldError[]
  readonly view: CoverageView
  /** All who would be asked. */
  readonly payerNames: string
  /** Which visit is asked about, where the patient is here. */
  readonly here: HereView | undefined
  readonly isAsking: boolean
}

const NO_ITEMS: readonly OrderItem[] = []

const ASK_AS: readonly { readonly askAs: AskAs; readonly label: string }[] = [
  { askAs: 'visit', label: 'a visit' },
  { askAs: 'here', label: 'a visit that begins now: the patient is here' },
  { askAs: 'order', label: 'a service or test that is ordered' },
]

/** The question as one sentence: is this service covered for this patient, on this day, at this place, with this person? (U20) */
export function DeskForm({ values, onChange, visits, errors, view, payerNames, here, isAsking }: Props) {
  const { site, chart, ports } = useWork()
  const errorOf = (fieldId: string) => errors.find((error) => error.fieldId === fieldId)?.message
  const choose = (item: OrderItem) => onChange({ ...values, what: { text: item.label, item }, askAs: '' })
  const { birthDate } = readPerson(chart.patient)
  const age = ageInYears(birthDate, ports.clock.now())
  const asked = askedAs(values, site)
  const { ServiceRequest: lists } = site.presets.valueSets
  const services = deskServices(site)
  const { item } = values.what
  return (
    <Panel
      level={1}
      title="Is it covered?"
      aside={values.visit && <span className="soft small">from the appointment{visitDay(values)}</span>}
    >
      {visits?.isFailed === true && (
        <Notice tone="info" title="The appointments could not be read.">
          <p>Fill in the question yourself.</p>
        </Notice>
      )}
      {visits !== undefined && visits.visits.length > (visits.isNamed ? 1 : 0) && (
        <VisitChoice values={values} visits={visits} onChange={onChange} />
      )}
      <div className="fd-sentence">
        <CodeSearch
          id={DESK_IDS.what}
          label="Is this service"
          hint="A few letters of its name, or its code"
          subject={{
            key: 'front-desk',
            valueSets: [...lists, ...kindOfOrder('ServiceRequest').valueSets],
          }}
          value={values.what}
          onChange={(what) => onChange({ ...values, what, askAs: '' })}
          error={errorOf(DESK_IDS.what)}
          near={nearItems(site)}
          elsewhere={NO_ITEMS}
          describe={describeService}
        />
        {services.length > 0 && (
          <fieldset className="cluster fd-services">
            <legend className="visually-hidden">Often asked about here</legend>
            {services.map((service) => (
              <button
                key={keyOfItem(service)}
                type="button"
                className="chip"
                aria-pressed={item !== null && keyOfItem(item) === keyOfItem(service)}
                onClick={() => choose(service)}
              >
                {service.label}
              </button>
            ))}
          </fieldset>
        )}
        <p>
          <span className="label">covered for </span>
          <strong>{fullName(chart.patient)}</strong>, born {formatDate(birthDate)}
          {age !== undefined && ` (${age} y)`}
        </p>
        <div className="pair">
          <Field id={DESK_IDS.day} label="on this day" error={errorOf(DESK_IDS.day)}>
            {(control) => (
              <input
                {...control}
                type="date"
                value={values.day}
                onChange={(event) => onChange({ ...values, day: event.target.value })}
              />
            )}
          </Field>
          <PartySearch
            id={DESK_IDS.where}
            label="at this place"
            types={['Location']}
            chosenHint=""
            value={values.where}
            onChange={(where) => onChange({ ...values, where })}
            error={errorOf(DESK_IDS.where)}
            optional={asked === 'order'}
          />
        </div>
        <PartySearch
          id={DESK_IDS.who}
          label={asked === 'order' ? 'ordered by this person?' : 'with this person?'}
          types={['Practitioner']}
          chosenHint=""
          value={values.who}
          onChange={(who) => onChange({ ...values, who })}
          error={errorOf(DESK_IDS.who)}
          optional={asked !== 'order'}
        />
      </div>
      <CoverageFields values={values} onChange={onChange} view={view} />
      <Disclosure summary={`Asked as ${ASK_AS.find(({ askAs }) => askAs === asked)?.label}`}>
        <fieldset>
          <legend className="visually-hidden">Ask as</legend>
          {ASK_AS.map(({ askAs, label }) => (
            <label key={askAs} className="check">
              <input
                type="radio"
                name="fd-ask-as"
                checked={asked === askAs}
                onChange={() => onChange({ ...values, askAs })}
              />
              {label}
            </label>
          ))}
        </fieldset>
      </Disclosure>
      {here !== undefined && (
        <p className="small" role="status">
          {hereWords(here)}
        </p>
      )}
      {item === null && (
        <TypedCodeLater
          id="fd-typed"
          summary="Enter a code yourself"
          systems={kindOfOrder('ServiceRequest').systems}
          onUse={choose}
        />
      )}
      <div className="cluster">
        <Button type="submit" variant="primary" busy={isAsking}>
          Ask {payerNames}
        </Button>
        <span className="field-hint">Or press Enter in a field.</span>
      </div>
    </Panel>
  )
}

const visitDay = ({ visit }: DeskValues): string =>
  visit?.day === undefined ? '' : ` on ${[formatDate(visit.day), wallTime(visit)].filter(Boolean).join(' ')}`

/** "08:30": as the appointment says it, at its own place. */
const wallTime = ({ start }: DeskVisit): string | undefined => /T(\d{2}:\d{2})/.exec(start ?? '')?.[1]

/** Another appointment, or none: one press each. */
function VisitChoice({
  values,
  visits,
  onChange,
}: Pick<Props, 'values' | 'onChange'> & { readonly visits: Beginnings }) {
  return (
    <Field id="fd-visit" label="Appointment">
      {(control) => (
        <select
          {...control}
          value={values.visit?.id ?? ''}
          onChange={({ target }) => {
            const visit = visits.visits.find(({ id }) => id === target.value)
            onChange(visit === undefined ? { ...values, visit: null } : fromVisit(values, visit))
          }}
        >
          {visits.visits.map((visit) => (
            <option key={visit.id} value={visit.id}>
              {[formatDate(visit.day), wallTime(visit), visit.service, visit.performer?.text]
                .filter(Boolean)
                .join(' · ')}
            </option>
          ))}
          <option value="">None of them</option>
        </select>
      )}
    </Field>
  )
}
