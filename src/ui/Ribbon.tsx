import type { ReactNode } from 'react'

/** The line that says at all times what this is. */
export const Ribbon = ({ children }: { readonly children: ReactNode }) => <p className="ribbon">{children}</p>

/** The bar at the foot: where things stand, and the one next step. */
export function ActionBar({
  status,
  children,
}: {
  readonly status: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className="bar" aria-label="Next step">
      <div>{status}</div>
      <div className="cluster">{children}</div>
    </section>
  )
}
