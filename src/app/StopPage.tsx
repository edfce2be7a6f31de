import { problemText } from '../domain/problem-text'
import type { Problem } from '../domain/result'
import { Disclosure, Notice } from '../ui'
import { useTheme } from './theme'

interface Stop {
  readonly title: string
  readonly next: string
  readonly technical?: string
}

/** `problem`: why the configuration could not be used. */
type Props = { readonly stop: Stop } | { readonly problem: Problem }

/** The whole page where nothing can go on: what happened, what to do. */
export default function StopPage(props: Props) {
  useTheme(undefined)
  const { title, next, technical } = 'stop' in props ? props.stop : configurationStop(props.problem)
  return (
    <main className="stop-page">
      <h1 className="brand">Beforehand</h1>
      <Notice tone="no" title={title} role="alert">
        <p>{next}</p>
        {technical !== undefined && (
          <Disclosure summary="For the person who looks after this app">
            <p className="code">{technical}</p>
          </Disclosure>
        )}
      </Notice>
    </main>
  )
}

function configurationStop(problem: Problem): Stop {
  const text = problemText(problem)
  return {
    title:
      problem.kind === 'malformed'
        ? 'The configuration of this app is wrong.'
        : 'The configuration of this app could not be read.',
    next: 'Nothing was sent to any EHR or payer. The person who looks after this app can mend config.json.',
    technical: text.technical ?? text.happened,
  }
}
