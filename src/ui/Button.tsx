import type { ButtonHTMLAttributes } from 'react'

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: 'primary' | 'plain' | 'quiet'
  /** Work goes on: the button keeps its place and focus, and does nothing when pressed. */
  readonly busy?: boolean
}

export function Button({ variant = 'plain', busy = false, type = 'button', onClick, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={busy ? 'button' : type}
      className="button"
      data-variant={variant}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
    />
  )
}
