import { describe, expect, it } from 'vitest'
import { adapterFor } from './adapter'
import type { CdsService } from './discovery'

const service = (over: Partial<CdsService> & { readonly template?: string }): CdsService => ({
  id: 's',
  hook: 'order-dispatch',
  prefetch: over.template === undefined ? {} : { key: over.template },
  versions: [],
  configurationOptions: [],
  ...over,
})

describe('the adapter for a service', () => {
  const rows: readonly (readonly [string, Parameters<typeof service>[0], object])[] = [
    [
      '2.2 where it is offered',
      { versions: ['2.0', '2.1', '2.2'] },
      { version: '2.2', requestedVersion: '2.2', dispatch: '1.1', contentSpelling: 'escaped' },
    ],
    [
      '2.1 where that is the newest known',
      { versions: ['2.1', '9.0'] },
      { version: '2.1', requestedVersion: '2.1' },
    ],
    [
      '2.0.1 where that is offered',
      { versions: ['2.0'] },
      { version: '2.0.1', requestedVersion: '2.0', dispatch: '1.0', contentSpelling: 'plain' },
    ],
    ['1.1 where there is a guard', { guard: '%coverage.exists()' }, { version: '1.1' }],
    [
      '1.1 by its tokens',
      { template: 'ServiceRequest?_id={{context.draftOrders.ServiceRequest.id}}' },
      { version: '1.1' },
    ],
    [
      '2.1 by FHIRPath',
      {
        template:
          'Device?_id={{%context.draftOrders.entry.resource.ofType(DeviceRequest).code.resolve().id}}',
      },
      { version: '2.1', dispatch: '1.1' },
    ],
    [
      '2.1 by what is dispatched',
      { template: 'ServiceRequest?_id={{context.dispatchedOrders}}' },
      { version: '2.1', dispatch: '1.1' },
    ],
    [
      '2.0.1 where nothing tells',
      { template: 'Patient/{{context.patientId}}' },
      { version: '2.0.1', dispatch: '1.0' },
    ],
    [
      'the older dispatch where the service looks into it',
      { versions: ['2.2'], template: 'Task/{{context.task.id}}' },
      { dispatch: '1.0' },
    ],
  ]
  it.each(rows)('is %s', (_what, given, expected) => {
    const adapter = adapterFor(service(given))
    expect(adapter).toMatchObject(expected)
    expect(adapter.because).toMatch(/\.$/)
    if (given.versions === undefined) expect(adapter.requestedVersion).toBeUndefined()
  })
})
