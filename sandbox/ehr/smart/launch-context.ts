import type { Ehr } from '../context'
import type { Grant } from './grants'
import type { Launch } from './launches'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fault `wrong-patient`: the same appContext, speaking of somebody else in this EHR. */
function aboutAnother(ehr: Ehr, launch: Launch): unknown {
  const other =
    ehr.store.all('Patient').find((patient) => patient.id !== launch.patient)?.id ?? 'somebody-else'
  const base = isObject(launch.appContext)
    ? launch.appContext
    : { v: 1, type: 'pdex-member-history', payerFhirBase: `${ehr.payers[0] ?? ehr.url}/fhir` }
  return { ...base, ehrPatient: other }
}

function appContextOf(ehr: Ehr, launch: Launch): unknown {
  const value = launch.faults.has('wrong-patient') ? aboutAnother(ehr, launch) : launch.appContext
  if (value === undefined || launch.appContextAs === 'object') return value
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function styleOf(launch: Launch): string | undefined {
  if (launch.faults.has('bad-style')) return 'hostile'
  if (launch.faults.has('style')) return 'clinic'
  return launch.style
}

/** The launch context members of a token response (SMART 2.2 §2.0.4; appContext from CDS Hooks). */
export function launchContext(ehr: Ehr, { launch, patient }: Grant): Readonly<Record<string, unknown>> {
  const style = styleOf(launch)
  const members = {
    patient: launch.faults.has('no-patient') ? undefined : patient,
    encounter: launch.encounter,
    intent: launch.intent,
    fhirContext: launch.fhirContext.length > 0 ? launch.fhirContext : undefined,
    need_patient_banner: launch.needPatientBanner,
    smart_style_url: style === undefined ? undefined : `${ehr.url}/styles/${style}.json`,
    tenant: 'lakeside',
    appContext: appContextOf(ehr, launch),
  }
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
