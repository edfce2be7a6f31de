import type { Tier, WritePlan } from './write-plan'

/** How many records go each way. */
export function planCounts(plan: WritePlan): Readonly<Record<Tier, number>> {
  const count = (tier: Tier): number => plan.records.filter((record) => record.tier === tier).length
  return {
    entry: count('entry'),
    document: count('document'),
    download: count('download'),
    there: count('there'),
  }
}
