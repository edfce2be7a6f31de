import { type FhirJson, flag, number, objects, text } from '../json'
import { hasWords, isWord, said } from './code-words'
import { codes } from './coding'
import { names } from './display-care'
import { noteWords, periodWords, quantityWords } from './display-value'
import { formatDate } from './format-date'
import { bestName, nameText } from './person'
import { counted, joined, labelled, listed, shortened } from './phrase'
import { type References, referenceName } from './references'

export { observationValue } from './display-value'

/** The second line of a row: what a reader needs beside what, when, who and status. */
export type Detail = (resource: FhirJson, references: References) => string | undefined

const dated = (resource: FhirJson, element: string): string | undefined => {
  const written = text(resource, element)
  return written && formatDate(written)
}

const concepts = (resource: FhirJson, element: string): string | undefined =>
  listed(objects(resource, element).map(said))

/** What the reason is: in codes, else the record that it points to. */
const reason = (resource: FhirJson, references: References): string | undefined =>
  concepts(resource, 'reasonCode') ?? names(resource, 'reasonReference', references)

/** "encounter diagnosis; severe; left hand; ended 2-Feb-2019". */
export const conditionDetail: Detail = (resource) =>
  joined([
    concepts(resource, 'category')?.toLowerCase(),
    said(resource.severity)?.toLowerCase(),
    concepts(resource, 'bodySite'),
    labelled('ended', dated(resource, 'abatementDateTime') ?? periodWords(resource.abatementPeriod)),
    labelled('note:', noteWords(resource)),
  ])

/** Where on the body, why, with what outcome, until when. */
export const procedureDetail: Detail = (resource, references) =>
  joined([
    concepts(resource, 'bodySite'),
    labelled('for', reason(resource, references)),
    labelled('outcome:', said(resource.outcome)),
    labelled('not done:', resource.status === 'not-done' ? said(resource.statusReason) : undefined),
    lastDay(resource.performedPeriod),
    labelled('note:', noteWords(resource)),
  ])

/** "until 5-Jan-2019", where that is another day. */
function lastDay(period: unknown): string | undefined {
  const [start, end] = [text(period, 'start'), text(period, 'end')]
  if (end === undefined || start === undefined || start.slice(0, 10) === end.slice(0, 10)) return undefined
  return `until ${formatDate(end)}`
}

/** Kind of visit, why, until when, where, and where to afterwards. */
export const visitDetail: Detail = (resource, references) => {
  const provider = referenceName(resource.serviceProvider, references, resource)
  const places = objects(resource, 'location')
    .map((each) => referenceName(each.location, references, resource))
    .filter((place) => place !== provider)
  const people = objects(resource, 'participant').map((each) =>
    referenceName(each.individual, references, resource),
  )
  const hospital = objects(resource, 'hospitalization')[0]
  // Without a type, the kind of visit is the row's title already.
  const hasTitle = objects(resource, 'type').length > 0 || resource.serviceType !== undefined
  return joined([
    hasTitle ? said({ coding: [resource.class] })?.toLowerCase() : undefined,
    labelled('for', reason(resource, references)),
    lastDay(resource.period),
    labelled('at', listed(places)),
    labelled('with', listed(people)),
    labelled('discharged to:', said(hospital?.dischargeDisposition)),
  ])
}

/** "dose 2 of 3; left arm; lot 4711; not given: patient declined". */
export const doseDetail: Detail = (resource) => {
  const given = objects(resource, 'protocolApplied')[0]
  const dose = number(given, 'doseNumberPositiveInt') ?? text(given, 'doseNumberString')
  const series = number(given, 'seriesDosesPositiveInt') ?? text(given, 'seriesDosesString')
  const why = said(resource.statusReason)
  return joined([
    dose === undefined ? undefined : `dose ${dose}${series === undefined ? '' : ` of ${series}`}`,
    quantityWords(resource.doseQuantity),
    said(resource.site),
    labelled('lot', text(resource, 'lotNumber')),
    flag(resource, 'primarySource') === false ? 'as reported' : undefined,
    resource.status === 'not-done' ? `not given${why === undefined ? '' : `: ${why}`}` : undefined,
    labelled('note:', noteWords(resource)),
  ])
}

/** "hives, wheezing (severe); high risk". */
export const allergyDetail: Detail = (resource) => {
  const signs = objects(resource, 'reaction').map((reaction) =>
    joined(
      [
        joined(objects(reaction, 'manifestation').map(said), ', '),
        text(reaction, 'severity') === undefined ? undefined : `(${text(reaction, 'severity')})`,
      ],
      ' ',
    ),
  )
  const criticality = text(resource, 'criticality')
  return joined([
    joined(signs, ', '),
    criticality === 'high' || criticality === 'low' ? `${criticality} risk` : undefined,
    text(resource, 'type') === 'intolerance' ? 'intolerance' : undefined,
    labelled('note:', noteWords(resource)),
  ])
}

/** What was concluded, which results belong to it, what file comes with it. */
export const reportDetail: Detail = (resource, references) => {
  const conclusion = text(resource, 'conclusion')
  const results = objects(resource, 'result')
  const named = names(resource, 'result', references)
  const count = results.length === 0 ? undefined : counted(results.length, 'result')
  return joined([
    conclusion && shortened(conclusion),
    concepts(resource, 'conclusionCode'),
    joined([count, named], ': '),
    listed(objects(resource, 'presentedForm').map((file) => fileWords(text(file, 'contentType')))),
  ])
}

/** What the file is called, of what kind it is, and the care that it is about. */
export const documentDetail: Detail = (resource) => {
  const files = objects(resource, 'content').flatMap((content) => objects(content, 'attachment'))
  const about = objects(resource, 'context')[0]
  const told = [text(resource, 'description'), said(resource.type)].map((each) => each?.toLowerCase())
  const titles = files.flatMap((file) => shortened(text(file, 'title') ?? ''))
  return joined([
    text(resource, 'description') === undefined ? undefined : concepts(resource, 'category')?.toLowerCase(),
    listed(titles.filter((title) => !told.includes(title.toLowerCase()))),
    listed(files.map((file) => fileWords(text(file, 'contentType')))),
    labelled('care', periodWords(about?.period)),
    said(about?.practiceSetting),
  ])
}

const FILES: readonly (readonly [RegExp, string])[] = [
  [/^application\/pdf/, 'PDF'],
  [/^text\/plain/, 'plain text'],
  [/^(text|application)\/(x?html|xhtml\+xml)/, 'web page'],
  [/^(text|application)\/(rtf|richtext)/, 'RTF'],
  [/^application\/(hl7-v3|cda)\+xml|^(text|application)\/xml/, 'XML'],
  [/^application\/fhir\+/, 'FHIR document'],
  [/^image\//, 'image'],
]

/** "PDF" for `application/pdf`; a kind without a name of its own as it is written. */
const fileWords = (contentType: string | undefined): string | undefined =>
  contentType && (FILES.find(([kind]) => kind.test(contentType))?.[1] ?? contentType)

/** Why, when, where on the body, how urgent. */
export const orderDetail: Detail = (resource, references) => {
  const priority = text(resource, 'priority')
  return joined([
    reason(resource, references),
    labelled('planned for', dated(resource, 'occurrenceDateTime') ?? periodWords(resource.occurrencePeriod)),
    concepts(resource, 'bodySite'),
    priority === undefined || priority === 'routine' ? undefined : priority,
    labelled('note:', noteWords(resource)),
  ])
}

/** What kind of device, who made it, and by which numbers it is known. */
export const deviceDetail: Detail = (resource) => {
  const carriers = objects(resource, 'udiCarrier')
  const named = objects(resource, 'deviceName').length > 0
  return joined([
    named && hasWords(resource.type) ? said(resource.type) : undefined,
    text(resource, 'manufacturer'),
    labelled('model', text(resource, 'modelNumber')),
    labelled(
      'UDI',
      listed(carriers.map((each) => text(each, 'deviceIdentifier') ?? text(each, 'carrierHRF'))),
    ),
    labelled('serial number', text(resource, 'serialNumber')),
    labelled('lot', text(resource, 'lotNumber')),
    labelled('expires', dated(resource, 'expirationDate')),
  ])
}

/** Plan and group by name or number, and whose card it is. */
export const coverageDetail: Detail = (resource) =>
  joined([
    said(resource.type),
    ...objects(resource, 'class').map((each) =>
      joined([kindOfClass(each.type), text(each, 'name') ?? text(each, 'value')], ' '),
    ),
    labelled('member is', said(resource.relationship)?.toLowerCase()),
    labelled('until', text(resource, 'period', 'end') && formatDate(text(resource, 'period', 'end'))),
  ])

/** "group", "plan", "rxbin": the code is shorter than its own words. */
const kindOfClass = (type: unknown): string | undefined =>
  codes(type).find(({ code }) => isWord(code))?.code ?? said(type)?.toLowerCase()

/** What is allowed or forbidden, and for how long. */
export const consentDetail: Detail = (resource) => {
  const provision = objects(resource, 'provision')[0]
  return joined([
    concepts(resource, 'category'),
    text(provision, 'type'),
    periodWords(provision?.period),
    said(resource.policyRule),
  ])
}

/** The person's own name. */
export const personDetail: Detail = (resource) => nameText(bestName(resource))

/** How it was taken, and from where. */
export const specimenDetail: Detail = (resource) => {
  const taken = objects(resource, 'collection')[0]
  return joined([
    said(taken?.method),
    said(taken?.bodySite),
    quantityWords(taken?.quantity),
    listed(objects(resource, 'condition').map(said)),
    labelled('note:', noteWords(resource)),
  ])
}
