import { valuesAt } from './elements'
import { referenceKey, referencesIn } from './references'
import type { Visible } from './search'
import type { IncludeRule, SearchPlan } from './search-plan'
import type { FhirStore } from './store'
import type { Stored } from './types'

const keyOf = (resource: Stored): string => `${resource.resourceType}/${resource.id}`

/** The resources that `_include` and `_revinclude` add to these matches, each once, matches themselves left out. */
export const included = (
  store: FhirStore,
  plan: SearchPlan,
  matches: readonly Stored[],
  visible: Visible,
): readonly Stored[] => {
  const seen = new Set(matches.map(keyOf))
  const added: Stored[] = []
  let fresh: readonly Stored[] = matches
  for (let round = 0; fresh.length > 0; round += 1) {
    const active = (rule: IncludeRule) => round === 0 || rule.iterate
    const found = [
      ...plan.includes.filter(active).flatMap((rule) => forward(store, rule, fresh)),
      ...plan.revincludes.filter(active).flatMap((rule) => backward(store, rule, fresh)),
    ]
    fresh = found.filter((resource) => {
      if (seen.has(keyOf(resource)) || !visible(resource)) return false
      seen.add(keyOf(resource))
      return true
    })
    added.push(...fresh)
  }
  return added
}

const keysAt = (resource: Stored, rule: IncludeRule): readonly string[] => {
  const { paths, targets } = rule.parameter
  const elements =
    paths[0] === '*' ? referencesIn(resource) : paths.flatMap((path) => valuesAt(resource, path))
  return elements.flatMap((element) => {
    const key = referenceKey(element)
    const type = key?.slice(0, key.indexOf('/'))
    if (key === undefined || type === undefined) return []
    if (rule.target !== undefined && rule.target !== type) return []
    return targets && !targets.includes(type) ? [] : [key]
  })
}

const forward = (store: FhirStore, rule: IncludeRule, from: readonly Stored[]): readonly Stored[] =>
  from
    .filter((resource) => resource.resourceType === rule.source)
    .flatMap((resource) => keysAt(resource, rule))
    .flatMap((key) => {
      const [type = '', id = ''] = key.split('/')
      return store.get(type, id) ?? []
    })

const backward = (store: FhirStore, rule: IncludeRule, to: readonly Stored[]): readonly Stored[] => {
  const wanted = new Set(to.map(keyOf))
  return store.all(rule.source).filter((resource) => keysAt(resource, rule).some((key) => wanted.has(key)))
}
