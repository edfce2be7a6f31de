import { type FhirJson, isResource, type JsonObject, number, objects, text } from '../json'
import { type Payer, type PayerIdentifier, payerByIdentifier, readIdentifiers } from '../payer-directory'

/** A Coverage of the chart in words. */
export interface CoverageSummary {
  readonly id: string
  readonly resource: FhirJson
  /** Plan or payor name, as far as known. */
  readonly name: string
  readonly memberId?: string
  /** Coverage.order: 1 is primary. */
  readonly order?: number
  readonly isActive: boolean
  /** Why it is not active, e.g. "its end date is 2024-12-31". */
  readonly whyNotActive?: string
  readonly payorIdentifiers: readonly PayerIdentifier[]
  /** The payer of the site's directory. */
  readonly payer?: Payer
}

/** Which coverage is asked about (CRD dev-28), and why in words. `others`: the ones not asked about. */
export type CoverageChoice =
  | {
      readonly kind: 'chosen'
      readonly coverage: CoverageSummary
      readonly payer: Payer
      readonly because: string
      readonly others: readonly CoverageSummary[]
    }
  | {
      readonly kind: 'not-in-directory'
      readonly coverage: CoverageSummary
      readonly message: string
      readonly others: readonly CoverageSummary[]
    }
  | { readonly kind: 'none'; readonly message: string; readonly others: readonly CoverageSummary[] }

/** Who pays by a well-known file: its identifier, and the payer of the site's directory. */
export interface StatedPayer {
  readonly identifier?: PayerIdentifier
  readonly payer?: Payer
}

/** What is read of the chart and of the site to choose a coverage. */
export interface CoverageRecords {
  readonly patientId: string
  /** Base URL of the chart, to tell its references from those of other servers. */
  readonly fhirBase: string
  /** Coverage resources as they came. */
  readonly coverages: readonly FhirJson[]
  /** The Organizations that `payorReferences` names, as far as they could be read. */
  readonly organizations: readonly FhirJson[]
  /** What the well-known file says that a coverage names, by the coverage's id. */
  readonly stated?: ReadonlyMap<string, StatedPayer>
  readonly payers: readonly Payer[]
  /** Dates on which the services would happen, YYYY-MM-DD: the coverage must be in force on each. */
  readonly dates: readonly string[]
  /** The user's choice. */
  readonly coverageId?: string
}

/** `Organization/…` ids to read before choosing: payors that are neither contained nor named by an identifier alone. */
export function payorReferences(coverages: readonly FhirJson[], fhirBase: string): readonly string[] {
  const ids = coverages.flatMap((coverage) =>
    objects(coverage, 'payor').flatMap((payor) => organizationId(payor, fhirBase) ?? []),
  )
  return [...new Set(ids)]
}

/** Chooses the coverage to ask about. Never guesses in silence: every way out says why. */
export function chooseCoverage(facts: CoverageRecords): CoverageChoice {
  const all = facts.coverages.flatMap((coverage) => summarize(coverage, facts) ?? [])
  const active = all.filter((coverage) => coverage.isActive)
  if (facts.coverageId !== undefined) {
    const wanted = all.find((coverage) => coverage.id === facts.coverageId)
    if (wanted?.isActive) return settle(wanted, 'You chose this coverage.', all)
    const why = wanted === undefined ? 'is not in the chart' : `is not active: ${wanted.whyNotActive}`
    return { kind: 'none', message: `The coverage that was chosen ${why}.`, others: all }
  }
  const first = [...active].sort(byLikelihood)[0]
  if (first === undefined) return { kind: 'none', message: noneSentence(all), others: all }
  return settle(first, explain(first, active), all)
}

function settle(coverage: CoverageSummary, because: string, all: readonly CoverageSummary[]): CoverageChoice {
  const others = all.filter((other) => other !== coverage)
  if (coverage.payer !== undefined)
    return { kind: 'chosen', coverage, payer: coverage.payer, because, others }
  const message =
    coverage.payorIdentifiers.length === 0
      ? `The chart names the payer of ${coverage.name} without an identifier, so it cannot be told which payer that is. ${because}`
      : `${coverage.name} is not a payer that this app is set up to ask. ${because}`
  return { kind: 'not-in-directory', coverage, message, others }
}

/** Coverage.order first, then the one that started last: an older coverage left open is the commoner mistake in charts. */
const byLikelihood = (a: CoverageSummary, b: CoverageSummary): number =>
  (a.order ?? Number.POSITIVE_INFINITY) - (b.order ?? Number.POSITIVE_INFINITY) ||
  start(b).localeCompare(start(a)) ||
  a.id.localeCompare(b.id)

const start = (coverage: CoverageSummary): string => text(coverage.resource, 'period', 'start') ?? ''

function explain(first: CoverageSummary, active: readonly CoverageSummary[]): string {
  if (active.length === 1) return 'It is the only active coverage in the chart.'
  const rivals = active.filter((other) => other !== first && other.order === first.order)
  if (first.order !== undefined && rivals.length === 0)
    return `The chart gives it order ${first.order} among ${active.length} active coverages.`
  const newest = rivals.every((other) => start(other) < start(first))
  const reason = newest ? 'it started most recently' : 'it comes first in the chart'
  return `The chart does not say which of ${active.length} active coverages is primary; this one was taken because ${reason}. Please check.`
}

function noneSentence(all: readonly CoverageSummary[]): string {
  if (all.length === 0) return 'The chart has no coverage for this patient.'
  const why = all.map((coverage) => `${coverage.name}: ${coverage.whyNotActive}`)
  return `The chart has no coverage that is active on that date. ${why.join('; ')}.`
}

/** Undefined for what is no coverage of this patient. */
function summarize(resource: FhirJson, facts: CoverageRecords): CoverageSummary | undefined {
  if (resource.resourceType !== 'Coverage' || resource.id === undefined) return undefined
  const beneficiary = text(resource, 'beneficiary', 'reference')
  if (
    beneficiary === undefined ||
    localReference(beneficiary, facts.fhirBase) !== `Patient/${facts.patientId}`
  )
    return undefined
  const payors = objects(resource, 'payor').map((payor) => readPayor(payor, resource, facts))
  const stated = facts.stated?.get(resource.id)
  const identifiers = [
    ...payors.flatMap((payor) => payor.identifiers),
    ...(stated?.identifier ? [stated.identifier] : []),
  ]
  const payer = payerByIdentifier(facts.payers, identifiers) ?? stated?.payer
  const plan = objects(resource, 'class').find((c) =>
    objects(c, 'type', 'coding').some((t) => t.code === 'plan'),
  )
  const payorName = payors.map((payor) => payor.name).find((name) => name !== undefined)
  const name = coverageName(payer?.name ?? payorName, text(plan, 'name'))
  const selfPay = isSelfPay(resource, facts.fhirBase)
  // A relative or the patient pays: there is no insurer to ask (CRD dev-26).
  const whyNotActive = selfPay ? 'the patient or a relative pays' : inactivity(resource, facts.dates)
  const memberId = text(resource, 'subscriberId') ?? memberIdentifier(resource)
  const order = number(resource, 'order')
  return {
    id: resource.id,
    resource,
    name: name !== '' ? name : selfPay ? 'Self-pay' : 'Coverage without a payer name',
    ...(memberId !== undefined && { memberId }),
    ...(order !== undefined && order > 0 && { order }),
    isActive: whyNotActive === undefined,
    ...(whyNotActive !== undefined && { whyNotActive }),
    payorIdentifiers: identifiers,
    ...(payer && { payer }),
  }
}

/** Coverage.payor may name people in place of an insurer (FHIR R4 Coverage.payor). */
function isSelfPay(coverage: FhirJson, fhirBase: string): boolean {
  const payors = objects(coverage, 'payor')
  return (
    payors.length > 0 &&
    payors.every((payor) =>
      /^(Patient|RelatedPerson)\//.test(localReference(text(payor, 'reference') ?? '', fhirBase)),
    )
  )
}

/** "Acme Health, Gold PPO"; "Acme Health Gold PPO" where the plan's own name names the payer already. */
function coverageName(payer: string | undefined, plan: string | undefined): string {
  if (
    payer !== undefined &&
    plan !== undefined &&
    `${plan} `.toLowerCase().startsWith(`${payer} `.toLowerCase())
  )
    return plan
  return [payer, plan].filter((part) => part !== undefined).join(', ')
}

const memberIdentifier = (coverage: FhirJson): string | undefined =>
  text(
    objects(coverage, 'identifier').find((i) => objects(i, 'type', 'coding').some((t) => t.code === 'MB')),
    'value',
  )

interface Payor {
  readonly name: string | undefined
  readonly identifiers: readonly PayerIdentifier[]
}

/** A payor is found by the identifier on the reference, in a contained Organization, or in one that was read (CRD hook-1). */
function readPayor(payor: JsonObject, coverage: FhirJson, facts: CoverageRecords): Payor {
  const reference = text(payor, 'reference')
  const id = organizationId(payor, facts.fhirBase)
  const organization = reference?.startsWith('#')
    ? objects(coverage, 'contained').find((c) => isResource(c) && `#${c.id}` === reference)
    : facts.organizations.find((o) => o.resourceType === 'Organization' && o.id !== undefined && o.id === id)
  return {
    name: text(organization, 'name') ?? text(payor, 'display'),
    identifiers: readIdentifiers([...objects(payor, 'identifier'), ...objects(organization, 'identifier')]),
  }
}

function organizationId(payor: JsonObject, fhirBase: string): string | undefined {
  const reference = text(payor, 'reference')
  if (reference === undefined) return undefined
  return /^Organization\/([A-Za-z0-9\-.]{1,64})$/.exec(localReference(reference, fhirBase))?.[1]
}

/** A reference to this chart without its base and version: `Patient/1`; any other one as it is. */
function localReference(reference: string, fhirBase: string): string {
  const relative = reference.startsWith(`${fhirBase}/`) ? reference.slice(fhirBase.length + 1) : reference
  return relative.replace(/\/_history\/[^/]+$/, '')
}

/** Why a coverage is not in force on all of these dates; undefined where it is (CRD dev-26). */
function inactivity(coverage: FhirJson, dates: readonly string[]): string | undefined {
  const status = text(coverage, 'status')
  if (status !== 'active')
    return status === undefined ? 'its status is not stated' : `its status is ${status}`
  const from = text(coverage, 'period', 'start')?.slice(0, 10)
  const until = text(coverage, 'period', 'end')?.slice(0, 10)
  // FHIR dates of less precision: "2026" begins with its first day and ends with its last.
  if (from !== undefined && dates.some((date) => date < from)) return `it starts on ${from}`
  if (until !== undefined && dates.some((date) => date.slice(0, until.length) > until))
    return `its end date is ${until}`
  return undefined
}

/**
 * The Coverage as it goes to the payer, in the form of the CRD Coverage profile: without costToBeneficiary, which the profile
 * forbids, and with the payer's identifier on a payor that is only a reference. The payer gets no token, so it could not follow
 * the reference to know itself (CRD hook-1).
 */
export function coverageForPayer(coverage: CoverageSummary): FhirJson {
  const { costToBeneficiary: _, ...kept } = coverage.resource
  const [identifier] = coverage.payorIdentifiers.filter((each) =>
    coverage.payer?.identifiers.some((own) => own.system === each.system && own.value === each.value),
  )
  const payors = objects(kept, 'payor')
  const [payor] = payors
  const isNamed =
    payors.length !== 1 || payor?.identifier !== undefined || text(payor, 'reference')?.startsWith('#')
  return isNamed || identifier === undefined
    ? (kept as FhirJson)
    : { ...(kept as FhirJson), payor: [{ ...payor, identifier }] }
}
