import type { ReactNode } from 'react'

interface Props {
  readonly summary: ReactNode
  readonly open?: boolean
  readonly onToggle?: (open: boolean) => void
  readonly children: ReactNode
}

export function Disclosure({ summary, open, onToggle, children }: Props) {
  return (
    <details className="disclosure" open={open} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
