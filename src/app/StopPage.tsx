import type { ReactNode } from 'react'
import { Disclosure, Notice } from '../ui'
import { useTheme } from './theme'

interface Props {
  readonly title: string
  readonly next: string
  readonly technical?: string | undefined
  readonly children?: ReactNode
}

/** The whole page where nothing can go on: what happened, what to do. */
export function StopPage({ title, next, technical, children }: Props) {
  useTheme(undefined)
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
      {children}
    </main>
  )
}
