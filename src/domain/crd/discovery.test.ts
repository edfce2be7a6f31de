import { describe, expect, it } from 'vitest'
import { serviceFor } from './adapter'
import { readDiscovery } from './discovery'

const read = (...services: readonly unknown[]) => readDiscovery({ services }, 'Acme')

describe('reading discovery', () => {
  it('reads a service of CRD 2.2 whole', () => {
    const extension = {
      'davinci-crd.version': ['2.1', '2.2'],
      'davinci-crd.configuration-options': [
        { code: 'cost', type: 'boolean', name: 'Cost', description: 'What it costs', default: true },
      ],
    }
    const prefetch = { patient: 'Patient/{{context.patientId}}' }
    expect(read({ id: 's', hook: 'order-sign', title: 'T', description: 'D', prefetch, extension })).toEqual({
      ok: true,
      value: {
        unreadable: 0,
        services: [
          {
            id: 's',
            hook: 'order-sign',
            title: 'T',
            description: 'D',
            prefetch,
            versions: ['2.1', '2.2'],
            configurationOptions: [
              { code: 'cost', type: 'boolean', name: 'Cost', description: 'What it costs', default: true },
            ],
          },
        ],
      },
    })
  })

  it('reads the rule of a CRD 1.1 service for when it may be asked', () => {
    const extension = { 'davinci-guard': '%coverage.exists()' }
    expect(read({ id: 's', hook: 'order-select', extension })).toMatchObject({
      value: { services: [{ guard: '%coverage.exists()' }] },
    })
  })

  it.each([
    ['no id', { hook: 'order-sign' }],
    ['no hook', { id: 's' }],
    ['an id that leads elsewhere', { id: '../admin', hook: 'order-sign' }],
    ['an id of dots', { id: '..', hook: 'order-sign' }],
    ['no object', 'order-sign'],
  ])('counts a service with %s as unreadable', (_what, service) => {
    expect(read(service, { id: 'ok', hook: 'order-sign' })).toMatchObject({
      value: { unreadable: 1, services: [{ id: 'ok' }] },
    })
  })

  it('reads prefetch templates one by one', () => {
    const discovery = read({ id: 's', hook: 'h', prefetch: { a: 'Patient/1', b: 7, c: '' } })
    expect(discovery.ok && discovery.value.services[0]?.prefetch).toEqual({ a: 'Patient/1' })
  })

  it.each([undefined, [], 'x', {}, { services: 'x' }])('fails on %j', (json) => {
    expect(readDiscovery(json, 'Acme')).toMatchObject({
      ok: false,
      problem: { kind: 'malformed', path: 'services' },
    })
  })

  it('finds the service of a hook', () => {
    const discovery = read({ id: 'a', hook: 'appointment-book' }, { id: 'b', hook: 'order-sign' })
    if (!discovery.ok) throw new Error('not readable')
    expect(serviceFor(discovery.value, 'order-sign')?.id).toBe('b')
    expect(serviceFor(discovery.value, 'encounter-start')).toBeUndefined()
  })
})
