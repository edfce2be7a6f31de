import { describe, expect, it } from 'vitest'
import type { Action } from './cds-response'
import { formsOf, formTitle, namedForms } from './questionnaire-source'

describe('the forms that a payer speaks of', () => {
  const form = (version: string, over: object = {}) => ({
    resourceType: 'Questionnaire',
    url: 'https://x.example/Q',
    version,
    ...over,
  })
  const task = (canonical: string): Action => ({
    type: 'create',
    resource: { resourceType: 'Task', input: [{ valueCanonical: canonical }] },
  })

  it('are here where they came along, be it on another card, and else are named; each once', () => {
    const [here, there] = [form('1'), form('2')]
    const actions: readonly Action[] = [
      { type: 'create', resource: here },
      task('https://x.example/Q|1'),
      task('https://x.example/Q|2'),
      task('https://x.example/Q|3'),
    ]
    expect(formsOf(actions, [there])).toEqual([
      { kind: 'here', form: here },
      { kind: 'here', form: there },
      { kind: 'elsewhere', canonical: 'https://x.example/Q|3' },
    ])
    expect(namedForms(['https://x.example/Q|2', 'https://x.example/Q|2'], [here, there])).toEqual([
      { kind: 'here', form: there },
    ])
  })

  it('always have a name', () => {
    expect(
      [form('1', { title: 'T', name: 'N' }), form('1', { name: 'N' }), form('1')].map(formTitle),
    ).toEqual(['T', 'N', 'https://x.example/Q'])
    expect(formTitle({ resourceType: 'Questionnaire' })).toBe('Form without a title')
  })
})
