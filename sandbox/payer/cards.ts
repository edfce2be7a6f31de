import { formActions } from './form'
import type { CrdVersion } from './hooks'
import type { JsonObject } from './json'
import type { Payer } from './payer'
import type { CardRule } from './rules'
import { type SuggestionDesk, suggestion } from './suggestions'

/** What every card of an answer shares. */
export interface CardDesk extends SuggestionDesk {
  readonly payer: Payer
  readonly questionnaires: readonly JsonObject[]
  /** The smart link to the history of the member in question; undefined where none, or several, were found. */
  readonly historyLink: ((label: string) => JsonObject) | undefined
}

/** System of the topics; CRD 1.1 knows no topics. */
const TOPIC_SYSTEM: Readonly<Record<CrdVersion, string | undefined>> = {
  '1.1': undefined,
  '2.0.1': 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp',
  '2.1': 'http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp',
  '2.2': 'http://terminology.hl7.org/CodeSystem/cdshooks-card-type',
}

/** The switch that turns a topic off: before CRD 2 every payer named its own (CRD facts A3). */
export function switchOf(topic: string, version: CrdVersion): string {
  if (version !== '1.1') return topic
  if (topic.startsWith('therapy-alternatives')) return 'alt-drug'
  return topic === 'insurance' ? 'coverage' : topic
}

/** How a card says which order it is about: key and shape changed between versions (CRD facts A3). */
const associatedResource = (version: CrdVersion, reference: string): JsonObject =>
  version === '2.1' || version === '2.2'
    ? { 'davinci-crd.associated-resource': [{ reference }] }
    : { 'davinci-associated-resource': [reference] }

/** The source of a card: the payer, and the topic that configuration switches. */
const cardSource = ({ payer, version }: CardDesk, topic: string): JsonObject => {
  const system = TOPIC_SYSTEM[version]
  return {
    label: payer.title,
    ...(system ? { topic: { system, code: topic, display: topic.replaceAll('-', ' ') } } : {}),
  }
}

/** A card of any kind: uuid, source and topic, and the resource that it is about. */
export function card(
  desk: CardDesk,
  topic: string,
  about: string | undefined,
  content: JsonObject,
): JsonObject {
  return {
    uuid: desk.newId(),
    source: cardSource(desk, topic),
    ...(about ? { extension: associatedResource(desk.version, about) } : {}),
    ...content,
  }
}

/** One card of the rules about one order. `found` = the day of what a `recent` condition found. */
export function orderCard(
  rule: CardRule,
  order: JsonObject,
  desk: CardDesk,
  found: string | undefined,
): JsonObject {
  const { payer, newId } = desk
  const { summary, indicator, topic, detail, suggestions = [], overrideReasons, form } = rule
  const links = [
    ...(rule.links ?? []).map((link) => ({ ...link, type: 'absolute' })),
    ...(rule.historyLink && desk.historyLink ? [desk.historyLink(rule.historyLink)] : []),
  ]
  const system = `${payer.memberSystem.replace(/\/[^/]*$/, '')}/override-reasons`
  const offered = [
    ...suggestions.flatMap((s) => suggestion(s, order, desk) ?? []),
    ...(form?.as === 'card'
      ? [{ label: form.task, uuid: newId(), actions: formActions(form, order, desk) }]
      : []),
  ]
  return card(desk, topic, `${order.resourceType}/${order.id}`, {
    summary,
    indicator,
    ...(detail ? { detail: detail.replaceAll('{found}', found ?? 'an earlier day') } : {}),
    ...(links.length > 0 ? { links } : {}),
    ...(offered.length > 0
      ? { selectionBehavior: rule.selectionBehavior ?? 'at-most-one', suggestions: offered }
      : {}),
    ...(overrideReasons ? { overrideReasons: overrideReasons.map((reason) => ({ ...reason, system })) } : {}),
  })
}
