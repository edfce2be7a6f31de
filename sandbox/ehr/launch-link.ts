import type { Ehr } from './context'
import { ArmedFaults, parseFaults } from './fault/faults'
import { type BusyDay, readBusyDay } from './front-desk/busy'
import { findPersonality } from './personalities'
import type { Launch } from './smart/launches'
import { STYLES } from './smart/styles'
import { findUser } from './users'

/** A launch link, read. */
export interface LaunchLink {
  readonly launch: Omit<Launch, 'id' | 'createdAt'>
  readonly standalone: boolean
  /** The patient that the link names, if only for the payers' faults: a standalone launch asks for one itself. */
  readonly patient?: string
  /** Set = in a frame on an EHR page. */
  readonly frame?: { readonly width?: number; readonly strict: boolean }
  /** Faults for the payers, as `POST /_faults` takes them. */
  readonly payerFaults: readonly string[]
  /** A day of many appointments to be made first. */
  readonly busy?: BusyDay
}

type Query = Readonly<Record<string, string | undefined>>

/** What is wrong with a link, in a sentence for the person who opened it. */
export interface BadLink {
  readonly problem: string
}

/** JSON where it is JSON; CDS Hooks lets appContext be any string. */
function readAppContext(text: string | undefined): unknown {
  if (!text || text === 'none') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return text
  }
}

function readBoolean(text: string | undefined): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined
}

/** SMART knows no screens: an app takes its first one from the intent. */
const intentOf = (query: Query): string | undefined => query.intent || query.screen

function problemWith(ehr: Ehr, query: Query, unknownFaults: readonly string[]): string | undefined {
  const { patient, encounter, personality, user, style, width, appointment } = query
  // The front desk begins with a day, not with a chart.
  if (query.standalone !== '1' && !patient && intentOf(query) !== 'front-desk')
    return 'The link names no patient.'
  if (patient && ehr.store.get('Patient', patient) === undefined) return `There is no patient ${patient}.`
  if (encounter && ehr.store.get('Encounter', encounter) === undefined)
    return `There is no encounter ${encounter}.`
  if (appointment && ehr.store.get('Appointment', appointment) === undefined)
    return `There is no appointment ${appointment}.`
  if (personality && findPersonality(personality) === undefined)
    return `There is no EHR personality ${personality}.`
  if (user && findUser(user) === undefined) return `Nobody called ${user} works here.`
  if (style && !Object.hasOwn(STYLES, style)) return `There is no style ${style}.`
  if (width && !/^\d{3,4}$/.test(width)) return `${width} is no width in pixels.`
  if (unknownFaults.length > 0) return `There is no fault ${unknownFaults.join(', ')}.`
  return undefined
}

function readLaunch(query: Query, faults: ArmedFaults): LaunchLink['launch'] {
  const { patient, encounter, style, appointment } = query
  const intent = intentOf(query)
  const appContext = readAppContext(query.app_context)
  // In a frame the EHR's own page names the patient above the app; on its own the app has to.
  const banner = readBoolean(query.need_patient_banner) ?? query.frame !== '1'
  return {
    personality: query.personality || 'full',
    user: query.user || (intent === 'front-desk' ? 'bell' : 'moreno'),
    ...(patient && query.standalone !== '1' ? { patient } : {}),
    ...(encounter ? { encounter } : {}),
    ...(intent ? { intent } : {}),
    fhirContext: appointment ? [{ reference: `Appointment/${appointment}`, type: 'Appointment' }] : [],
    ...(appContext === undefined ? {} : { appContext }),
    appContextAs: query.app_context_as === 'object' ? 'object' : 'string',
    needPatientBanner: banner,
    ...(style ? { style } : {}),
    faults,
  }
}

/** Reads the parameters of a launch link. Empty ones count as absent: forms send them. */
export function readLaunchLink(ehr: Ehr, query: Query): LaunchLink | BadLink {
  const { faults, unknown } = parseFaults(query.fault ?? '')
  const problem = problemWith(ehr, query, unknown)
  if (problem !== undefined) return { problem }
  const busy = query.busy
    ? readBusyDay(
        { count: query.busy, payers: query['busy-payers'], date: query['busy-date'] },
        new Date(ehr.now()),
      )
    : undefined
  if (busy !== undefined && 'problem' in busy) return busy
  const frame = {
    ...(query.width ? { width: Number(query.width) } : {}),
    strict: query.frame_permissions === 'strict',
  }
  return {
    launch: readLaunch(query, new ArmedFaults(faults)),
    standalone: query.standalone === '1',
    ...(query.patient ? { patient: query.patient } : {}),
    ...(query.frame === '1' ? { frame } : {}),
    ...(busy ? { busy } : {}),
    payerFaults: (query['payer-fault'] ?? '')
      .split(',')
      .map((f) => f.trim())
      .filter(Boolean),
  }
}
