import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JsonObject, resourcesIn } from './json'

/** The Patients in the transaction bundles (`*.json`) of a folder. Throws when a file is not JSON. */
export function patientsUnder(folder: string): readonly JsonObject[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.flatMap((file) =>
    resourcesIn(JSON.parse(readFileSync(join(folder, file), 'utf8'))).filter(
      (resource) => resource.resourceType === 'Patient',
    ),
  )
}
