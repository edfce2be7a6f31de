import { type FhirJson, type JsonObject, number, objects, text } from '../json'
import { said } from './code-words'
import { noteWords, quantityWords } from './display-value'
import { formatDate } from './format-date'
import { narrativeText } from './narrative'
import { counted, joined, labelled, listed, shortened } from './phrase'
import { type References, referenceName } from './references'

/** What the plan is about and what is to be done; US Core 3.1 to 7 keep that in the narrative alone. */
export function carePlanDetail(resource: FhirJson, references: References): string | undefined {
  const todo = objects(resource, 'activity').map((activity) => activityWords(activity, resource, references))
  const narrative = narrativeText(resource)
  const told = joined([
    labelled('for', names(resource, 'addresses', references)),
    listed(todo),
    noteWords(resource),
  ])
  return told ?? (narrative && shortened(narrative))
}

function activityWords(activity: JsonObject, plan: FhirJson, references: References): string | undefined {
  const detail = objects(activity, 'detail')[0]
  const words = text(detail, 'description') ?? said(detail?.code)
  const status = text(detail, 'status')
  const planned =
    activity.reference === undefined ? undefined : referenceName(activity.reference, references, plan)
  return words === undefined ? planned : joined([words, status && `(${status.replaceAll('-', ' ')})`], ' ')
}

/** What is aimed at, and by when. */
export const goalDetail = (resource: FhirJson, references: References): string | undefined =>
  joined([
    ...objects(resource, 'target').map((target) =>
      joined(
        [
          joined([said(target.measure), aimed(target)], ': '),
          labelled('by', text(target, 'dueDate') && formatDate(text(target, 'dueDate'))),
        ],
        ' ',
      ),
    ),
    labelled('for', names(resource, 'addresses', references)),
    noteWords(resource),
  ])

function aimed(target: JsonObject): string | undefined {
  const range = objects(target, 'detailRange')[0]
  const whole = number(target, 'detailInteger')
  return (
    quantityWords(target.detailQuantity) ??
    joined([quantityWords(range?.low), quantityWords(range?.high)], ' to ') ??
    text(target, 'detailString') ??
    said(target.detailCodeableConcept) ??
    (whole === undefined ? undefined : String(whole))
  )
}

/** "4 members: Ronald Bone, MD (Cardiologist), …". */
export function careTeamDetail(resource: FhirJson, references: References): string | undefined {
  const members = objects(resource, 'participant')
  const named = members.map((member) => {
    const name = referenceName(member.member, references, resource)
    const role = objects(member, 'role')
      .map(said)
      .find((each) => each !== 'unknown')
    return name === undefined ? role : joined([name, role && `(${role})`], ' ')
  })
  const count = members.length === 0 ? undefined : counted(members.length, 'member')
  return joined([
    joined([count, listed(named)], ': '),
    labelled('for', listed(objects(resource, 'reasonCode').map(said))),
  ])
}

/** What a list of references points to, in words. */
export const names = (resource: FhirJson, element: string, references: References): string | undefined =>
  listed(
    objects(resource, element).map((reference) => {
      const display = text(reference, 'display')
      return display ?? said(references.find(reference, resource)?.code)
    }),
  )

/** Questions and answers. */
export function answersDetail(resource: FhirJson): string | undefined {
  const answered = itemsOf(resource, 0).map((item) => {
    const answers = listed(objects(item, 'answer').map(answerWords))
    return answers === undefined
      ? undefined
      : `${text(item, 'text') ?? text(item, 'linkId') ?? 'Answer'}: ${answers}`
  })
  const words = joined(answered)
  return words && shortened(words)
}

function itemsOf(holder: JsonObject, depth: number): readonly JsonObject[] {
  if (depth > 8) return []
  return objects(holder, 'item').flatMap((item) => [
    item,
    ...itemsOf(item, depth + 1),
    ...objects(item, 'answer').flatMap((answer) => itemsOf(answer, depth + 1)),
  ])
}

function answerWords(answer: JsonObject): string | undefined {
  const [name, value] = Object.entries(answer).find(([key]) => key.startsWith('value')) ?? []
  if (name === undefined) return undefined
  if (name === 'valueCoding') return said({ coding: [value] })
  if (name === 'valueQuantity') return quantityWords(value)
  if (name === 'valueDate' || name === 'valueDateTime') return formatDate(text(value))
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  return text(value) ?? text(value, 'display') ?? text(value, 'title')
}
