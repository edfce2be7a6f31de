import { describe, expect, it } from 'vitest'
import { renderText } from '../../domain/document/text'
import { coverageInformation } from '../asking/fake-answer'
import { answerDocument, withNotes } from './answer-document'
import { answeredWith, answerOf, MRI } from './given.test-data'
import { type LintNote, lintNotes } from './lint-notes'

const frame = {
  patient: { name: 'Jane Roe', born: '14-Jul-1965', gender: 'Female', identifier: 'MRN 1' },
  askedBy: 'Dr. Ana Moreno',
  isStale: false,
}
const parts = [
  { url: 'covered', valueCode: 'covered' },
  { url: 'questionnaire', valueCanonical: 'https://x.example/Q|1' },
]
const answer = answerOf(
  {
    systemActions: [
      { type: 'update', resource: { ...MRI, extension: [coverageInformation(...parts)] } },
      { type: 'create', description: 'Add the task', resource: { resourceType: 'Task' } },
    ],
  },
  [MRI],
)
const textOf = (given = answer) => renderText(answerDocument(answeredWith(given), frame))

describe('an answer as text and on paper', () => {
  it('names the forms, and what the payer wanted besides', () => {
    expect(textOf()).toContain('Form of the payer: https://x.example/Q|1')
    expect(textOf()).toContain('Would add a task: Add the task')
  })

  it('says of a second payer that another one comes first', () => {
    expect(textOf()).not.toContain('Go by the first payer’s answer')
    expect(textOf({ ...answer, payerRole: 'secondary' })).toContain('Go by the first payer’s answer')
  })
})

describe('notes on how it was made', () => {
  it('go with the text that is copied, and stay off the paper', () => {
    const content = answerDocument(answeredWith(answer), frame)
    const notes = lintNotes(answeredWith(answer))
    expect(notes.map((note) => note.rule)).toEqual(['q1'])
    expect(renderText(withNotes(content, notes))).toContain(
      'On how this answer was made: The payer names a form and does not say that documents are needed.',
    )
    expect(renderText(content)).not.toContain('On how this answer was made')
  })

  it('never bury the answer', () => {
    const content = answerDocument(answeredWith(answer), frame)
    const many = Array.from(
      { length: 8 },
      (_, i): LintNote => ({ rule: 'q1', sentence: `No. ${i}`, paths: [] }),
    )
    const { notices } = withNotes(content, many)
    expect(notices.filter((notice) => notice.startsWith('On how'))).toHaveLength(5)
    expect(notices.at(-1)).toBe('And 3 more notes on how this answer was made.')
  })
})
