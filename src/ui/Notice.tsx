import type { ReactNode } from 'react'

interface Props {
  readonly tone: 'info' | 'ask' | 'no'
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  /** `alert` only for what is urgent. */
  readonly role?: 'alert' | 'status'
}

export function Notice({ tone, title, children, actions, role }: Props) {
  return (
    <div className="notice" data-tone={tone} role={role}>
      <p>
        <strong>{title}</strong>
      </p>
      {children}
      {actions !== undefined && <div className="cluster">{actions}</div>}
    </div>
  )
}
