import type { Provenance } from 'fhir/r4'
import type { FhirStore } from '../fhir/store'
import { referenceText } from './display'
import { allOf } from './records'

/** Where a record came from, as its Provenance says. */
export interface Origin {
  readonly source: string
  /** The software that brought it. */
  readonly via?: string | undefined
  /** Who accepted it here. */
  readonly by?: string | undefined
  readonly recorded: string
}

function agentNamed(provenance: Provenance, codes: readonly string[]): string | undefined {
  for (const code of codes) {
    const agent = provenance.agent.find((a) => a.type?.coding?.some((c) => c.code === code))
    const text = referenceText(agent?.who)
    if (text !== undefined) return text
  }
  return undefined
}

/** The Provenance resources that name this record as a target. */
export function provenanceOf(store: FhirStore, patient: string, reference: string): readonly Provenance[] {
  return allOf(store, 'Provenance', patient).filter((p) =>
    p.target.some((t) => t.reference === reference || t.reference?.endsWith(`/${reference}`)),
  )
}

/** A Provenance in three words for the chart: who held the record, what carried it, who took it. */
export function originOf(provenance: Provenance): Origin {
  return {
    source: agentNamed(provenance, ['transmitter', 'source', 'author', 'custodian']) ?? 'Not known',
    via: agentNamed(provenance, ['assembler', 'composer']),
    by: agentNamed(provenance, ['enterer', 'verifier', 'attester']),
    recorded: provenance.recorded,
  }
}
