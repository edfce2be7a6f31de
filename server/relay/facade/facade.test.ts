import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { databases } from '../test-databases'
import { facadeWorlds, type Invocation, ids, order, question, read } from './facade.test-data'

describe.each(await databases())('what a payer may read of a question, on $name', ({ fresh }) => {
  const world = facadeWorlds(fresh)

  it('is said in the question: its own address, a token of 30 seconds, the scopes of what was sent', async () => {
    const { ehr, relay, asked, ask } = await world()
    const hookInstance = randomUUID()
    expect((await ask(hookInstance)).status).toBe(200)
    const [saw] = asked
    expect(saw).toMatchObject({
      fhirServer: `${relay.url}/relay/facade/acme/${hookInstance}`,
      fhirAuthorization: {
        token_type: 'Bearer',
        expires_in: 30,
        subject: 'acme',
        patient: 'jane',
        scope:
          'patient/Coverage.rs patient/Patient.rs patient/Practitioner.rs patient/PractitionerRole.rs patient/ServiceRequest.rs',
      },
    })
    const { fhirServer: _, fhirAuthorization: __, ...rest } = saw ?? {}
    const { fhirServer: ___, ...given } = question(hookInstance, ehr.fhirBase)
    expect(rest).toEqual(given)
  })

  it('is the resources of the question, read and searched', async () => {
    const { got, ask } = await world([
      'ServiceRequest/draft-1',
      'Coverage?patient=Patient/jane&status=active',
      'Coverage?beneficiary=jane&_include=Coverage:beneficiary',
      'ServiceRequest?_id=draft-1,draft-2&_include=ServiceRequest:requester&_include:iterate=PractitionerRole:practitioner',
      'PractitionerRole?_id=role-1&_include=*',
      'Patient?identifier=urn:mrn|7',
      'Patient?identifier=urn:other|7',
      'Observation',
    ])
    await ask(randomUUID())
    expect(got.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    expect(got[0]?.json).toEqual(order)
    expect(got.slice(1).map(({ json }) => ids(json))).toEqual([
      ['Coverage/cov-1'],
      ['Coverage/cov-1', 'Patient/jane'],
      ['ServiceRequest/draft-1', 'PractitionerRole/role-1', 'Practitioner/dora'],
      ['PractitionerRole/role-1', 'Practitioner/dora'],
      ['Patient/jane'],
      [],
      [],
    ])
    expect(got[2]?.json).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 1 })
  })

  it('is nothing else: not another resource, no unknown parameter, no operation, nothing written', async () => {
    const { asked, ask, got } = await world([
      'Patient/john',
      'Condition/1',
      'Patient/jane/$everything',
      'Patient?name=Doe',
      'Patient?patient:Patient.name=Doe',
      'Coverage?_revinclude=Claim:coverage',
      'Patient/jane/../../../health',
    ])
    await ask(randomUUID())
    expect(got.map(({ status }) => status)).toEqual([404, 404, 404, 400, 400, 400, 403])
    expect(got[3]?.json).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ code: 'not-supported', diagnostics: expect.stringContaining('name') }],
    })
    const [own] = asked
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await read(own as Invocation, 'Patient/jane', { method })).status).toBe(405)
  })

  it('needs its token, and another question’s does not do', async () => {
    const { asked, ask } = await world()
    const [first, second] = [randomUUID(), randomUUID()]
    await ask(first)
    await ask(second)
    const [one, other] = asked as unknown as readonly [Invocation, Invocation]
    expect((await read({ fhirServer: one.fhirServer }, 'Patient/jane')).status).toBe(401)
    const forged = { ...one, fhirAuthorization: { ...one.fhirAuthorization, access_token: 'x'.repeat(43) } }
    expect((await read(forged, 'Patient/jane')).headers.get('www-authenticate')).toMatch(/invalid_token/)
    const swapped = { fhirServer: one.fhirServer, fhirAuthorization: other.fhirAuthorization }
    expect((await read(swapped, 'Patient/jane')).status).toBe(403)
    const elsewhere = { ...one, fhirServer: one.fhirServer.replace('/acme/', '/other/') }
    expect((await read(elsewhere, 'Patient/jane')).status).toBe(403)
    expect((await read(one, 'Patient/jane')).status).toBe(200)
  })

  it('ends after 30 seconds, and is deleted', async () => {
    const { database, asked, ask } = await world()
    await ask(randomUUID())
    const [own] = asked as unknown as readonly [Invocation]
    const [row] = await database.query<{ ends: string | Date }>('select ends from facade')
    expect(new Date(row?.ends ?? '').getTime() - Date.now()).toBeLessThanOrEqual(30_000)
    await database.query(`update facade set ends = now() - interval '1 second'`)
    expect((await read(own, 'Patient/jane')).status).toBe(401)
    await ask(randomUUID())
    expect(await database.query('select token from facade')).toHaveLength(1)
  })

  it('lies sealed in the database, and another relay on it answers too', async () => {
    const { database, start, relay, asked, ask, closeAfter } = await world()
    await ask(randomUUID())
    const [own] = asked as unknown as readonly [Invocation]
    const rows = JSON.stringify(await database.query<object>('select * from facade'))
    const bytes = Buffer.from(JSON.stringify(rows)).toString('latin1')
    expect(bytes).not.toContain('draft-1')
    expect(rows).not.toContain(own.fhirAuthorization.access_token)
    const second = await start(relay.folder)
    closeAfter(async () => second.kill())
    const there = { ...own, fhirServer: own.fhirServer.replace(relay.url, second.url) }
    expect((await read(there, 'Patient/jane')).status).toBe(200)
  })

  it('is kept read by read, and shown to the session that asked, without the token', async () => {
    const { ehr, relay, signIn, asked, ask, reads } = await world([
      'Patient/jane',
      'Coverage?status=active',
      'Patient/x',
    ])
    const hookInstance = randomUUID()
    await ask(hookInstance)
    expect(await reads(hookInstance)).toEqual({
      reads: [
        {
          at: expect.any(Number),
          payer: 'acme',
          path: 'Patient/jane',
          status: 200,
          resources: ['Patient/jane'],
        },
        {
          at: expect.any(Number),
          payer: 'acme',
          path: 'Coverage?status=active',
          status: 200,
          resources: ['Coverage/cov-1'],
        },
        { at: expect.any(Number), payer: 'acme', path: 'Patient/x', status: 404, resources: [] },
      ],
    })
    const other = await signIn()
    expect(await reads(hookInstance, other)).toEqual({ reads: [] })
    const kept = await relay.log.search({ patient: `${ehr.fhirBase}/Patient/jane` })
    expect(kept.map(({ kind }) => kind)).toEqual(['answered', 'read', 'read', 'read', 'asked'])
    expect(JSON.stringify(kept)).not.toContain(asked[0]?.fhirAuthorization.access_token)
  })

  it('is not given where it cannot be kept', async () => {
    const { database, asked, ask } = await world()
    await ask(randomUUID())
    await database.query('drop table chain_end')
    expect((await read(asked[0] as Invocation, 'Patient/jane')).status).toBe(503)
  })

  it('is described without a token, the same for all', async () => {
    const { asked, ask } = await world()
    await ask(randomUUID())
    const { status, json } = await read({ fhirServer: (asked[0] as Invocation).fhirServer }, 'metadata')
    expect([status, json.resourceType, json.fhirVersion]).toEqual([200, 'CapabilityStatement', '4.0.1'])
  })

  it('is never the EHR’s token, whatever a browser puts in', async () => {
    const token = { fhirAuthorization: { access_token: 'ehr-token' } }
    const readers = await world()
    await readers.ask(randomUUID(), token)
    const others = await world([], {})
    const hookInstance = randomUUID()
    await others.ask(hookInstance, token)
    expect(JSON.stringify([readers.asked, others.asked])).not.toContain('ehr-token')
    expect(others.asked[0]).toEqual(question(hookInstance, others.ehr.fhirBase))
    expect(JSON.stringify(await others.relay.log.search({ hookInstance }))).not.toContain('ehr-token')
  })
})
