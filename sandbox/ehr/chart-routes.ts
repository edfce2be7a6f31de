import { Hono } from 'hono'
import { attachmentBytes, attachmentHeaders } from './attachments'
import { chartRow } from './chart'
import type { Ehr } from './context'
import { ChartPage } from './pages/chart'
import { PatientsPage } from './pages/patients'
import { RecordPage } from './pages/record'
import { allOf, type FhirType, oneOf, type Record } from './records'

/** A record of any type, if it belongs to this patient. */
function recordOf(ehr: Ehr, patient: string, type: string, id: string): Record<FhirType> | undefined {
  // The type comes from a URL: a name the store does not know finds nothing.
  return allOf(ehr.store, type as FhirType, patient).find((record) => record.id === id)
}

/** Patient list, chart, record, attachment. */
export function chartRoutes(ehr: Ehr): Hono {
  const app = new Hono()
  app.get('/', (c) => c.html(PatientsPage({ ehr, words: c.req.query('q') ?? '' })))

  app.get('/patients/:id', (c) => {
    const patient = oneOf(ehr.store, 'Patient', c.req.param('id'))
    return patient === undefined
      ? c.notFound()
      : c.html(ChartPage({ ehr, patient, whole: c.req.query('whole') }))
  })

  app.get('/patients/:id/records/:type/:record', (c) => {
    const { id, type, record: recordId } = c.req.param()
    const patient = oneOf(ehr.store, 'Patient', id)
    const record = recordOf(ehr, id, type, recordId)
    if (patient === undefined || record === undefined) return c.notFound()
    return c.html(RecordPage({ ehr, patient, row: chartRow(ehr, id, record) }))
  })

  app.get('/documents/:id/:index{[0-9]+}', (c) => {
    const document = oneOf(ehr.store, 'DocumentReference', c.req.param('id'))
    const attachment = document?.content[Number(c.req.param('index'))]?.attachment
    const found = attachment === undefined ? undefined : attachmentBytes(ehr.store, attachment)
    return found === undefined ? c.notFound() : c.body(found.bytes, 200, attachmentHeaders(found.contentType))
  })
  return app
}
