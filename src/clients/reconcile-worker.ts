import type { CompareAnswer, CompareTask } from './reconcile'
import { comparing } from './reconcile-worker-engine'

const answer = (message: CompareAnswer): void => self.postMessage(message)
const take = comparing(answer)

self.addEventListener('message', (event: MessageEvent<CompareTask>) => {
  try {
    take(event.data)
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.name : 'unknown' })
  }
})
