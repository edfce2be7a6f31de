import { at, flag, isObject, type JsonObject, list, objects, text } from '../json'
import { fail, ok, type Result } from '../result'

/** A service of a payer's CDS Hooks discovery, as far as we use it. */
export interface CdsService {
  readonly id: string
  readonly hook: string
  readonly title?: string
  readonly description?: string
  /** Prefetch templates by key (CRD found-31). */
  readonly prefetch: Readonly<Record<string, string>>
  /** `davinci-crd.version`: e.g. ["2.1","2.2"]; empty for CRD 2.1 and older. */
  readonly versions: readonly string[]
  readonly configurationOptions: readonly ConfigurationOption[]
  /** `davinci-guard`: FHIRPath that has to be true for the service to be asked (CRD 1.1). */
  readonly guard?: string
}

export interface ConfigurationOption {
  readonly code: string
  readonly type: string
  readonly name: string
  readonly description?: string
  readonly default?: unknown
}

export interface Discovery {
  readonly services: readonly CdsService[]
  /** Services in the answer that could not be read. */
  readonly unreadable: number
}

/** Reads a discovery document, service by service. Fails `malformed` where there is no list of services at all. */
export function readDiscovery(json: unknown, server: string): Result<Discovery> {
  const given = at(json, 'services')
  if (!Array.isArray(given))
    return fail({ kind: 'malformed', server, path: 'services', message: 'Expected a list of services.' })
  const services = given.flatMap((service) => readService(service) ?? [])
  return ok({ services, unreadable: given.length - services.length })
}

function readService(service: unknown): CdsService | undefined {
  const id = text(service, 'id')
  const hook = text(service, 'hook')
  // The id becomes part of a URL: what could leave `{cdsBase}/cds-services/` is no service of this payer.
  if (id === undefined || hook === undefined || !/^[A-Za-z0-9._~-]+$/.test(id) || /^\.+$/.test(id))
    return undefined
  const title = text(service, 'title')
  const description = text(service, 'description')
  const guard = text(service, 'extension', 'davinci-guard')
  return {
    id,
    hook,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    prefetch: readPrefetch(at(service, 'prefetch')),
    versions: readVersions(at(service, 'extension', 'davinci-crd.version')),
    configurationOptions: objects(service, 'extension', 'davinci-crd.configuration-options').flatMap(
      (option) => readOption(option) ?? [],
    ),
    ...(guard !== undefined && { guard }),
  }
}

function readPrefetch(prefetch: unknown): Readonly<Record<string, string>> {
  if (!isObject(prefetch)) return {}
  const entries = Object.entries(prefetch).flatMap(([key, template]) => {
    const found = text(template)
    return key === '__proto__' || found === undefined ? [] : [[key, found] as const]
  })
  return Object.fromEntries(entries)
}

/** The standard has a list of "major.minor"; one lone string is read as a list of one. */
function readVersions(versions: unknown): readonly string[] {
  const given = typeof versions === 'string' ? [versions] : list(versions)
  return given.flatMap((version) => text(version) ?? [])
}

function readOption(option: JsonObject): ConfigurationOption | undefined {
  const code = text(option, 'code')
  if (code === undefined) return undefined
  const description = text(option, 'description')
  return {
    code,
    type: text(option, 'type') ?? (flag(option, 'default') === undefined ? 'unknown' : 'boolean'),
    name: text(option, 'name') ?? code,
    ...(description !== undefined && { description }),
    ...(option.default !== undefined && { default: option.default }),
  }
}
