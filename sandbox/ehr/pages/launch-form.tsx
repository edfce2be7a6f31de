/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Ehr } from '../context'
import { displayName } from '../display'
import { FAULTS } from '../fault/faults'
import { PERSONALITIES } from '../personalities'
import { oneOf } from '../records'
import { STYLES } from '../smart/styles'
import { USERS } from '../users'

interface LaunchFormProps {
  readonly ehr: Ehr
  readonly patient: string
}

function Personality({ id }: { readonly id: string }) {
  return (
    <p class="field">
      <label for={id}>This EHR is</label>
      <select id={id} name="personality">
        {PERSONALITIES.map((p) => (
          <option key={p.id} value={p.id}>
            {p.label}
          </option>
        ))}
      </select>
    </p>
  )
}

function Choice(props: {
  readonly name: string
  readonly label: string
  readonly options: readonly (readonly [value: string, text: string])[]
}) {
  return (
    <p class="field">
      <label for={`launch-${props.name}`}>{props.label}</label>
      <select id={`launch-${props.name}`} name={props.name}>
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </p>
  )
}

const INTENTS = [
  ['', 'Not said'],
  ['what-if', 'What-if'],
  ['member-history', 'Member history'],
  ['front-desk', 'Front desk'],
] as const

const WHERE = [
  ['1', 'In a frame'],
  ['0', 'On its own'],
] as const

const WIDTHS = [
  ['', 'As wide as fits'],
  ['320', '320 px'],
  ['400', '400 px'],
  ['800', '800 px'],
] as const

const BANNERS = [
  ['', 'As usual'],
  ['true', 'The app must show the patient'],
  ['false', 'This page shows the patient'],
] as const

/** Everything else that a launch can be told. */
function MoreWays({ ehr }: { readonly ehr: Ehr }) {
  const users = USERS.map(
    (u) => [u.id, `${displayName(oneOf(ehr.store, 'Practitioner', u.id))}, ${u.role.toLowerCase()}`] as const,
  )
  return (
    <div class="grid">
      <Choice name="user" label="Signed in" options={users} />
      <Choice name="intent" label="Intent" options={INTENTS} />
      <Choice name="frame" label="Where" options={WHERE} />
      <Choice name="width" label="Frame width" options={WIDTHS} />
      <Choice
        name="frame_permissions"
        label="Frame may"
        options={[
          ['', 'Open windows and download'],
          ['strict', 'Do neither'],
        ]}
      />
      <Choice name="need_patient_banner" label="Patient banner" options={BANNERS} />
      <Choice
        name="style"
        label="Style file"
        options={[['', 'None'] as const, ...Object.keys(STYLES).map((s) => [s, s] as const)]}
      />
      <p class="field wide">
        <label for="launch-fault">Faults</label>
        <input
          id="launch-fault"
          name="fault"
          list="faults"
          autocomplete="off"
          aria-describedby="fault-hint"
        />
        <span class="hint" id="fault-hint">
          name, name:number, name@Type, name#times; several with commas
        </span>
        <datalist id="faults">
          {Object.entries(FAULTS).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </datalist>
      </p>
      <p class="field wide">
        <label for="launch-payer-fault">Faults of the payers</label>
        <input id="launch-payer-fault" name="payer-fault" autocomplete="off" />
      </p>
      <p class="field wide">
        <label for="launch-app-context">appContext</label>
        <input id="launch-app-context" name="app_context" autocomplete="off" placeholder="JSON or text" />
      </p>
      <p class="check">
        <input type="checkbox" id="launch-standalone" name="standalone" value="1" />
        <label for="launch-standalone">Standalone: the app asks for sign-in and patient</label>
      </p>
      <p class="buttons">
        <button type="submit">Open this way</button>
        <button type="submit" class="secondary" formaction="/launch-link">
          Show the link
        </button>
      </p>
    </div>
  )
}

function FaultList() {
  return (
    <details class="faults">
      <summary>What the faults do</summary>
      <dl>
        {Object.entries(FAULTS).map(([name, words]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** The app menu: open it, or open it in some other way. */
export function LaunchForm({ ehr, patient }: LaunchFormProps) {
  return (
    <section class="card launch" aria-labelledby="apps">
      <h2 id="apps">Apps</h2>
      <form method="get" action="/launch" class="row">
        <input type="hidden" name="patient" value={patient} />
        <Personality id="personality" />
        <button type="submit">Open Beforehand</button>
        <details class="more">
          <summary>More ways to launch</summary>
          <MoreWays ehr={ehr} />
          <FaultList />
        </details>
      </form>
    </section>
  )
}
