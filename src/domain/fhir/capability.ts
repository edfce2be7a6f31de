import type { FhirJson } from '../json'

export type Permission = 'yes' | 'no-capability' | 'no-scope'

/** What one FHIR server says it can do, joined with what this launch may do (PDex facts 6.1). */
export interface ServerCapability {
  /** As stated, e.g. "4.0.1"; empty where it is not. */
  readonly fhirVersion: string
  canCreate(type: string): Permission
  canSearch(type: string): Permission
  /** `POST` with `If-None-Exist` is understood. */
  conditionalCreate(type: string): boolean
}

export declare function serverCapability(statement: FhirJson, scopes: readonly string[]): ServerCapability
