/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { CLIENTS } from '../clients'
import type { Ehr } from '../context'
import { dateText, displayName, medicalRecordNumber, otherNames } from '../display'
import { findPersonality } from '../personalities'
import { oneOf, type Record } from '../records'
import type { Launch } from '../smart/launches'
import { Layout, type Page } from './layout'

interface FramePageProps {
  readonly ehr: Ehr
  /** The app's launch URL. */
  readonly url: string
  readonly patient: Record<'Patient'> | undefined
  readonly launch: Launch
  readonly frame: { readonly width?: number; readonly strict: boolean }
}

/** What EHRs give a framed app; never top navigation, so that an app cannot take the chart away. */
const USUAL = 'allow-scripts allow-same-origin allow-forms allow-popups allow-downloads'
const STRICT = 'allow-scripts allow-same-origin allow-forms'

/** The chart with the app in it: says which app is open and for whom, then the frame. */
export function FramePage({ ehr, url, patient, launch, frame }: FramePageProps): Page {
  const app = CLIENTS[0]?.name ?? 'App'
  const faults = launch.faults.toString()
  // Whoever opened it from the schedule goes back there.
  const back = launch.intent === 'front-desk' ? '/schedule' : patient && `/patients/${patient.id}`
  const about = [
    `${displayName(oneOf(ehr.store, 'Practitioner', launch.user))} signed in`,
    findPersonality(launch.personality)?.label,
    faults && `faults: ${faults}`,
  ]
  return Layout({
    title: `${app} in the chart`,
    place: 'patients',
    filled: true,
    children: (
      <>
        <div class="open-app">
          <h1>
            {app}
            {patient ? (
              <>
                {' for '}
                <a href={`/patients/${patient.id}`}>
                  {[displayName(patient), ...otherNames(patient)].join(', ')}
                </a>
              </>
            ) : (
              ''
            )}
          </h1>
          {patient ? (
            <p>
              born {dateText(patient.birthDate) ?? 'not known'}, {patient.gender ?? 'gender not known'}, MRN{' '}
              {medicalRecordNumber(patient)}
            </p>
          ) : null}
          <p class="about">{about.filter(Boolean).join(' · ')}</p>
          {back ? (
            <a class="close" href={back}>
              Close app
            </a>
          ) : null}
        </div>
        <iframe
          title={app}
          src={url}
          sandbox={frame.strict ? STRICT : USUAL}
          width={frame.width === undefined ? undefined : String(frame.width)}
          class={frame.width === undefined ? 'fill' : 'sized'}
        />
      </>
    ),
  })
}
