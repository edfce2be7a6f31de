/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readResponse } from './cds-response'
import { type FormItem, readQuestionnaire } from './questionnaire'
import { findQuestionnaire, formsToComplete, questionnairesIn } from './questionnaire-source'

const form = (...item: readonly unknown[]) =>
  readQuestionnaire({ resourceType: 'Questionnaire', title: 'Form', item })
const only = (item: unknown): FormItem => {
  const found = form(item)?.items[0]
  if (found === undefined) throw new Error('not read')
  return found
}

describe('reading a payer’s form', () => {
  it('gives groups, texts and questions with numbers of their own, and counts the questions', () => {
    const outline = readQuestionnaire({
      resourceType: 'Questionnaire',
      url: 'https://acme.example/Q',
      version: '2',
      title: 'Home oxygen',
      description: 'About oxygen',
      item: [
        {
          linkId: 'g',
          type: 'group',
          text: 'Tests',
          item: [
            { linkId: 'd', type: 'display', text: 'Read this first' },
            { linkId: 'q', prefix: 'a)', type: 'decimal', text: 'SpO2?', required: true },
          ],
        },
      ],
    })
    expect(outline).toMatchObject({ title: 'Home oxygen', version: '2', questions: 1, unreadable: 0 })
    expect(outline?.items[0]).toMatchObject({ key: '1', kind: 'group', words: 'Tests' })
    expect(outline?.items[0]?.items).toMatchObject([
      { key: '1.1', kind: 'text' },
      { key: '1.2', kind: 'question', prefix: 'a)', answer: 'A number', isRequired: true },
    ])
  })

  const types: readonly (readonly [unknown, string])[] = [
    ['boolean', 'Yes or no'],
    ['open-choice', 'One of a list, or own words'],
    ['constructor', '“constructor”'],
    ['new-type', '“new-type”'],
    [undefined, 'Not stated'],
    [7, 'Not stated'],
  ]
  it.each(types)('says how a question of type %s is answered', (type, answer) => {
    expect(only({ type, text: 'x' })).toMatchObject({ kind: 'question', answer })
  })

  const options: readonly (readonly [string, object, readonly string[], string | undefined])[] = [
    [
      'in the question',
      {
        answerOption: [
          { valueCoding: { code: 'a', display: 'Apple' } },
          { valueString: 'Pear' },
          { valueInteger: 3 },
          'odd',
        ],
      },
      ['Apple', 'Pear', '3'],
      undefined,
    ],
    ['in a value set inside the form', { answerValueSet: '#vs' }, ['Yes', 'n'], undefined],
    ['in an expanded value set inside the form', { answerValueSet: '#ex' }, ['Sometimes'], undefined],
    ['elsewhere', { answerValueSet: 'https://x.example/vs' }, [], 'https://x.example/vs'],
    ['nowhere', { answerValueSet: '#gone' }, [], '#gone'],
  ]
  it.each(options)('lists the answers %s', (_where, over, expected, from) => {
    const outline = readQuestionnaire({
      resourceType: 'Questionnaire',
      contained: [
        {
          resourceType: 'ValueSet',
          id: 'vs',
          compose: { include: [{ concept: [{ code: 'y', display: 'Yes' }, { code: 'n' }] }] },
        },
        {
          resourceType: 'ValueSet',
          id: 'ex',
          expansion: { contains: [{ code: 's', display: 'Sometimes' }] },
        },
      ],
      item: [{ type: 'choice', text: 'x', ...over }],
    })
    expect(outline?.items[0]?.options).toEqual(expected)
    expect(outline?.items[0]?.optionsFrom).toBe(from)
  })

  it('says of a long list how much longer it is', () => {
    const answerOption = Array.from({ length: 250 }, (_, index) => ({ valueInteger: index }))
    expect(only({ type: 'choice', text: 'x', answerOption }).options.at(-1)).toBe('and 50 more')
  })

  const conditions: readonly (readonly [object, string | undefined])[] = [
    [{ enableWhen: [{ question: 'q1', operator: '=', answerBoolean: true }] }, 'Only if “Smoker?” is Yes'],
    [
      { enableWhen: [{ question: 'q1', operator: 'exists', answerBoolean: false }] },
      'Only if “Smoker?” is not answered',
    ],
    [
      {
        enableWhen: [
          { question: 'q1', operator: '>=', answerInteger: 3 },
          { question: 'zz', operator: '!=', answerCoding: { display: 'Never' } },
        ],
        enableBehavior: 'all',
      },
      'Only if “Smoker?” is at least 3 and “zz” is not Never',
    ],
    [{ enableWhen: [{ operator: '=' }] }, undefined],
  ]
  it.each(conditions)('tells the condition %j in words', (over, expected) => {
    const outline = form(
      { linkId: 'q1', type: 'boolean', text: 'Smoker?' },
      { type: 'string', text: 'x', ...over },
    )
    expect(outline?.items[1]?.condition).toBe(expected)
  })

  it('marks what the payer’s system fills in', () => {
    const url = 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden'
    expect(only({ text: 'x', extension: [{ url, valueBoolean: true }] }).isForMachines).toBe(true)
    expect(only({ text: 'x', readOnly: true }).isForMachines).toBe(true)
    expect(only({ text: 'x' }).isForMachines).toBe(false)
  })

  it('counts what it cannot read, and what is too much', () => {
    expect(form('odd', { type: 'string' }, null)).toMatchObject({ questions: 1, unreadable: 2 })
    expect(form(...Array.from({ length: 2010 }, () => ({ type: 'string', text: 'x' })))).toMatchObject({
      questions: 2000,
      unreadable: 10,
    })
    let deep: unknown = { type: 'string', text: 'last' }
    for (let level = 0; level < 5000; level += 1) deep = { type: 'group', text: 'g', item: [deep] }
    expect(form(deep)).toMatchObject({ questions: 0, unreadable: 1 })
  })

  it.each([undefined, null, 'x', [], {}, { resourceType: 'Task' }])('%j is no form', (json) => {
    expect(readQuestionnaire(json)).toBeUndefined()
  })

  it('never throws, and leaves no item without words', () => {
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'medium' },
        fc.anything({ maxDepth: 1 }),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(
          fc.constantFrom(
            ...[
              'item',
              'text',
              'type',
              'linkId',
              'answerOption',
              'answerValueSet',
              'valueCoding',
              'enableWhen',
            ],
            ...[
              'question',
              'operator',
              'answerCoding',
              'contained',
              'compose',
              'include',
              'concept',
              '__proto__',
            ],
          ),
          tie('node'),
        ),
      ),
    }))
    const check = (item: FormItem) => {
      expect(item.words.trim()).not.toBe('')
      item.items.forEach(check)
    }
    fc.assert(
      fc.property(node, node, (item, contained) => {
        const outline = readQuestionnaire({ resourceType: 'Questionnaire', item, contained })
        expect(outline?.title).toBe('Form without a title')
        outline?.items.forEach(check)
      }),
      { numRuns: 300 },
    )
  })
})

describe('finding a form', () => {
  const first = { resourceType: 'Questionnaire', url: 'https://x.example/Q', version: '1' }
  const second = { ...first, version: '2' }
  it.each([
    ['https://x.example/Q|1', first],
    ['https://x.example/Q', second],
    ['https://x.example/Q|3', undefined],
    ['https://x.example/other', undefined],
  ])('by the canonical %s', (canonical, expected) => {
    expect(findQuestionnaire(canonical, [first, second])).toBe(expected)
  })

  const folder = '../shared/fixtures/crd-2.1.0'
  it.skipIf(!existsSync(folder))(
    'on the guide’s form card: the task names the form that comes with it',
    () => {
      const response = readResponse(
        JSON.parse(readFileSync(`${folder}/CRDServiceResponse2.json`, 'utf8')),
        'x',
      )
      if (!response.ok) throw new Error('not readable')
      const actions = response.value.cards.flatMap((card) => card.suggestions).flatMap((each) => each.actions)
      const [canonical, ...others] = formsToComplete(actions)
      expect(others).toEqual([])
      const found = findQuestionnaire(canonical ?? '', questionnairesIn(actions))
      expect(readQuestionnaire(found)).toMatchObject({
        title: 'http://example.org/Questionnaire/XYZ',
        questions: 1,
        items: [{ answer: 'Yes or no', words: expect.stringContaining('non-opioid') }],
      })
    },
  )
})
