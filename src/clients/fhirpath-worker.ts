import type { FhirPathAnswer, FhirPathTask } from './fhirpath'
import { evaluateFhirPath } from './fhirpath-worker-engine'

const answer = (message: FhirPathAnswer): void => self.postMessage(message)

self.addEventListener('message', (event: MessageEvent<FhirPathTask>) => {
  const { expression, input, variables } = event.data
  try {
    answer({ kind: 'values', values: evaluateFhirPath(expression, input, variables) })
  } catch (error) {
    answer({ kind: 'wrong', message: error instanceof Error ? error.message.slice(0, 300) : 'unknown' })
  }
})

answer({ kind: 'ready' })
