import { flag, isObject, number, text } from '../json'
import type { CdsService, ConfigurationOption } from './discovery'

/** Values of configuration options by their code, beside the one that what-if always sends. */
export type HookConfiguration = Readonly<Record<string, boolean | number>>

/** One option of a service, typed. `fallback`: what the payer does where nothing is sent. */
export type Setting = {
  readonly code: string
  /** For people; the payer's own words. */
  readonly name: string
  readonly description?: string
  /** Set by a rule, not by the user: it is shown and cannot be changed. */
  readonly isForced: boolean
} & (
  | { readonly kind: 'boolean'; readonly fallback?: boolean }
  | { readonly kind: 'integer'; readonly fallback?: number }
)

/** Who configures: what they need differs (CRD dev-13). */
export type Role = 'clinician' | 'front-desk'

const forcedCode = 'unsolicited-determ'

/** What returns coverage information, in CRD 2.x and, as payers named it, in CRD 1.1 (crd-facts A3). */
const coverageCodes = ['coverage-info', 'coverage', 'priorauth', 'prior-auth'] as const

/** What the front desk has no use for: advice on therapy is the clinician's. */
const clinicalCodes: ReadonlySet<string> = new Set([
  'appropriate-use',
  'therapy-alternatives-opt',
  'therapy-alternatives-req',
  'clinical-reminder',
  'duplicate-therapy',
  'contraindication',
  'guideline',
  'off-guideline',
  'alt-drug',
  'first-line',
  'dtr-clin',
])

/** Whether a kind of message (option or card type) is advice on treatment. */
export const isClinicalTopic = (code: string): boolean => clinicalCodes.has(code)

/** What a clinician has no use for: how to submit the claim. */
const clericalCodes: ReadonlySet<string> = new Set(['claim'])

/** The options of a service as a settings screen shows them (CRD dev-11). One that is neither boolean nor integer is left out. */
export const settingsOf = (service: Pick<CdsService, 'configurationOptions'>): readonly Setting[] =>
  service.configurationOptions.flatMap((option) => readSetting(option) ?? [])

/** Options of a service that no setting could be made of, by their code, so that it can be told. */
export const unusableOptions = (service: Pick<CdsService, 'configurationOptions'>): readonly string[] =>
  service.configurationOptions
    .filter((option) => readSetting(option) === undefined)
    .map((option) => option.code)

function readSetting(option: ConfigurationOption): Setting | undefined {
  const { code, name, description } = option
  // It becomes a property of an object.
  if (code === '__proto__') return undefined
  const kind = kindOf(option)
  const common = {
    code,
    name,
    ...(description !== undefined && { description }),
    isForced: code === forcedCode,
  }
  if (kind === 'boolean') {
    const fallback = asBoolean(option.default)
    return { ...common, kind, ...(fallback !== undefined && { fallback }) }
  }
  if (kind === 'integer') {
    const fallback = asInteger(option.default)
    return { ...common, kind, ...(fallback !== undefined && { fallback }) }
  }
  return undefined
}

function kindOf({ type, default: fallback }: ConfigurationOption): 'boolean' | 'integer' | undefined {
  const declared = type.toLowerCase()
  if (declared === 'boolean' || declared === 'integer') return declared
  if (asBoolean(fallback) !== undefined) return 'boolean'
  return asInteger(fallback) === undefined ? undefined : 'integer'
}

/** The field's reference payer writes its defaults as text: "true", "10". */
const asBoolean = (value: unknown): boolean | undefined => {
  const words = text(value)?.toLowerCase()
  return flag(value) ?? (words === 'true' ? true : words === 'false' ? false : undefined)
}

const asInteger = (value: unknown): number | undefined => {
  const words = text(value)
  const found =
    number(value) ?? (words !== undefined && /^-?\d{1,9}$/.test(words) ? Number(words) : undefined)
  return found !== undefined && Number.isInteger(found) ? found : undefined
}

/** A starting point for a role: what of this service's options to switch off for it, and few cards for the front desk. */
export function presetFor(role: Role, settings: readonly Setting[]): HookConfiguration {
  const off = role === 'front-desk' ? clinicalCodes : clericalCodes
  return Object.fromEntries(
    settings.flatMap((setting): readonly (readonly [string, boolean | number])[] => {
      if (setting.isForced) return []
      if (setting.kind === 'boolean') return [[setting.code, !off.has(setting.code)]]
      if (setting.code === 'max-cards' && role === 'front-desk')
        return [[setting.code, Math.min(setting.fallback ?? 5, 5)]]
      return setting.fallback === undefined ? [] : [[setting.code, setting.fallback]]
    }),
  )
}

/**
 * What is sent: of the chosen values those that this service offers, in the declared type (CRD dev-12). A secondary payer is told
 * to return no coverage information (dev-30), whether it lists that option or not (dev-16). Always without an unsolicited
 * determination (found-35).
 */
export function configurationToSend(
  settings: readonly Setting[],
  chosen: HookConfiguration,
  payerRole: 'primary' | 'secondary' = 'primary',
): HookConfiguration {
  const offered = settings.flatMap((setting): readonly (readonly [string, boolean | number])[] => {
    const value = Object.hasOwn(chosen, setting.code) ? chosen[setting.code] : undefined
    if (typeof value === 'boolean' && setting.kind === 'boolean') return [[setting.code, value]]
    return typeof value === 'number' && setting.kind === 'integer' && Number.isInteger(value)
      ? [[setting.code, value]]
      : []
  })
  const codes = settings.map((setting) => setting.code)
  const disabled =
    payerRole === 'primary'
      ? []
      : coverageCodes.filter((code) => code === 'coverage-info' || codes.includes(code))
  return {
    ...Object.fromEntries(offered),
    ...Object.fromEntries(disabled.map((code) => [code, false])),
    [forcedCode]: false,
  }
}

/** Values that were remembered, from storage: what is neither boolean nor integer is dropped. */
export const readConfiguration = (stored: unknown): HookConfiguration =>
  Object.fromEntries(
    Object.entries(isObject(stored) ? stored : {}).filter(
      (entry): entry is [string, boolean | number] =>
        entry[0] !== '__proto__' && (typeof entry[1] === 'boolean' || Number.isInteger(entry[1])),
    ),
  )

/** Who configures, as the launch names it. */
export const roleOf = (intent: string | undefined): Role =>
  intent === 'front-desk' ? 'front-desk' : 'clinician'

/**
 * What holds for a user: what was remembered; where nothing was, clinicians get what the payer does by itself and the front desk
 * its preset (CRD dev-13). An empty choice that was remembered is a choice.
 */
export function configurationFor(
  stored: unknown,
  role: Role,
  service: Pick<CdsService, 'configurationOptions'>,
): HookConfiguration {
  if (isObject(stored)) return readConfiguration(stored)
  return role === 'front-desk' ? presetFor(role, settingsOf(service)) : {}
}

/** What a setting is at: what was chosen in its type, else what the payer does by itself; undefined where the payer does not say. */
export function settingValue(setting: Setting, chosen: HookConfiguration): boolean | number | undefined {
  if (setting.isForced) return false
  const value = Object.hasOwn(chosen, setting.code) ? chosen[setting.code] : undefined
  const fits = setting.kind === 'boolean' ? typeof value === 'boolean' : Number.isInteger(value)
  return fits ? value : setting.fallback
}

/** Whether two choices come to the same for these settings. */
export const isSameChoice = (
  settings: readonly Setting[],
  one: HookConfiguration,
  other: HookConfiguration,
): boolean => settings.every((setting) => settingValue(setting, one) === settingValue(setting, other))

/** Where a user's choice for a payer's hook is remembered. `user`: a digest, never the id itself. Holds nothing about a patient. */
export const configurationKey = (user: string, payerId: string, hook: string): string =>
  `crd-configuration ${user} ${payerId} ${hook}`
