/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lint } from './lint'
import { complete, covered, order, rules } from './lint.test-data'
import { coverageInformation } from './samples.test-data'

describe('what a payer’s system may do by itself', () => {
  const answer = coverageInformation(...complete, covered)
  const table: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['adding its answer', { type: 'update', resource: { ...order, extension: [answer] } }, []],
    [
      'changing the order',
      { type: 'update', resource: { ...order, status: 'active', extension: [answer] } },
      ['system-action-changes-order'],
    ],
    [
      'taking an element away',
      { type: 'update', resource: { resourceType: 'ServiceRequest', id: '1', status: 'draft' } },
      ['system-action-changes-order'],
    ],
    [
      'another order',
      { type: 'update', resource: { ...order, id: '2', extension: [answer] } },
      ['system-action-not-asked'],
    ],
    ['creating an order', { type: 'create', resource: { ...order, id: '2' } }, ['system-action-not-allowed']],
    [
      'creating an order with its answer',
      { type: 'create', resource: { ...order, extension: [answer] } },
      ['coverage-not-update', 'system-action-not-allowed'],
    ],
    [
      'an answer with a resourceId',
      { type: 'update', resourceId: 'ServiceRequest/1', resource: { ...order, extension: [answer] } },
      ['coverage-not-update'],
    ],
    ['removing', { type: 'delete', resourceId: 'ServiceRequest/1' }, ['system-action-not-allowed']],
    ['nothing at all', 'x', ['system-action-not-allowed']],
    ['a form', { type: 'create', resource: { resourceType: 'Questionnaire' } }, []],
    ['a task', { type: 'create', resource: { resourceType: 'Task' } }, []],
    [
      'changing a task',
      { type: 'update', resource: { resourceType: 'Task', id: '1' } },
      ['system-action-not-asked'],
    ],
    ['a corrected coverage', { type: 'update', resource: { resourceType: 'Coverage', id: '1' } }, []],
  ]
  it.each(table)('%s', (_what, action, expected) => {
    expect(rules({ systemActions: [action] })).toEqual(expected)
    if (typeof action === 'object')
      expect(rules({ extension: { systemActions: [action] } })).toEqual(expected)
  })
})

describe('cards', () => {
  const card = {
    uuid: 'c',
    summary: 'Hello',
    indicator: 'info',
    source: { label: 'Acme', topic: { code: 'cost' } },
  }
  const suggestion = {
    uuid: 's',
    label: 'x',
    actions: [{ type: 'delete', description: 'y', resourceId: 'z' }],
  }
  const table: readonly (readonly [string, object, readonly string[]])[] = [
    ['as they should be', {}, []],
    ['a summary of 139 characters', { summary: 'é'.repeat(139) }, []],
    ['a summary of 140 characters', { summary: 'x'.repeat(140) }, ['summary-long']],
    ['no summary', { summary: ' ' }, ['summary-missing']],
    ['an indicator of CDS Hooks 1.0', { indicator: 'hard-stop' }, ['indicator-unknown']],
    ['no source', { source: undefined }, ['source-missing', 'topic-missing']],
    ['no topic', { source: { label: 'Acme' } }, ['topic-missing']],
    ['no uuid', { uuid: undefined }, ['card-uuid-missing']],
    ['an unknown selectionBehavior', { selectionBehavior: 'all' }, ['selection-behavior-unknown']],
    ['suggestions without selectionBehavior', { suggestions: [suggestion] }, ['selection-behavior-missing']],
    [
      'a suggestion without uuid',
      { selectionBehavior: 'any', suggestions: [suggestion, { label: 'x' }] },
      ['suggestion-uuid-missing'],
    ],
    [
      'an action without words',
      { selectionBehavior: 'any', suggestions: [{ uuid: 's', actions: [{ type: 'delete' }] }] },
      ['action-description-missing'],
    ],
    ['a link by http', { links: [{ url: 'http://x.example', type: 'absolute' }] }, ['link-not-https']],
    ['a script link', { links: [{ url: 'javascript:1', type: 'smart' }] }, ['link-not-https']],
    ['a link of unknown type', { links: [{ url: 'https://x.example' }] }, ['link-type-unknown']],
    [
      'a coverage answer in a suggestion',
      {
        selectionBehavior: 'any',
        suggestions: [
          {
            uuid: 's',
            actions: [
              {
                type: 'update',
                description: 'x',
                resource: { ...order, extension: [coverageInformation(...complete, covered)] },
              },
            ],
          },
        ],
      },
      ['coverage-in-card'],
    ],
    [
      'a coverage answer on the card itself',
      { extension: [coverageInformation(covered)] },
      ['coverage-in-card'],
    ],
  ]
  it.each(table)('%s', (_what, over, expected) => {
    expect(rules({ cards: [{ ...card, ...over }] })).toEqual(expected)
  })

  it('tells the place', () => {
    const found = lint({ cards: [card, { ...card, links: [{ url: 'https://x.example' }] }] }, [])
    expect(found.map((each) => each.path)).toEqual(['cards[1].links[0].type'])
  })
})

const folder = '../shared/fixtures/crd-2.1.0'
const isAbsent = !existsSync(folder)
const sample = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))

describe('the CRD guide’s own responses', () => {
  it.skipIf(isAbsent)('have the known defects (crd-facts A9), each told once at its place', () => {
    const found = lint(sample('CRDServiceResponse'), [])
    const count = (rule: string) => found.filter((each) => each.rule === rule).length
    expect(count('suggestion-uuid-missing')).toBe(1)
    expect(count('card-uuid-missing')).toBe(1)
    expect(count('authorization-for-hypothetical')).toBe(1)
    expect(count('system-action-not-asked')).toBe(1)
    expect(found.filter((each) => /^q\d$/.test(each.rule))).toEqual([])
    expect(lint(sample('CRDServiceResponse2'), []).every((each) => each.path.startsWith('cards['))).toBe(true)
  })
})

describe('any response', () => {
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom<unknown>('update', 'create', 'covered', null, true, 0, 'https://x.example'),
      fc.constant(coverageInformation(covered).url),
      fc.string(),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(
          ...['suggestions', 'actions', 'links', 'resource', 'summary', 'source', 'url', 'type'],
          ...['resourceType', 'id', 'extension', 'valueCode', 'valueCoding', 'coding', '__proto__'],
        ),
        tie('node'),
      ),
    ),
  }))
  it('is read without throwing, and no finding repeats what the payer wrote', () => {
    fc.assert(
      fc.property(fc.record({ cards: node, systemActions: node, extension: node }), (json) => {
        for (const each of lint(json, [order])) {
          expect(each.severity).toBe('advice')
          expect(each.sentence.length).toBeGreaterThan(10)
          expect(each.path).toMatch(/^(cards|systemActions|extension\.systemActions)\[\d+\]/)
        }
      }),
      { numRuns: 500 },
    )
  })
  it.each([undefined, null, 'x', 7, []])('%j is none, so there is nothing to say', (json) => {
    expect(lint(json, [])).toEqual([])
  })
})
