import { useEffect, useRef } from 'react'

export interface FieldError {
  readonly fieldId: string
  readonly message: string
}

/** "There is a problem": takes focus when errors come up, and leads to each field (U15). */
export function ErrorSummary({ errors }: { readonly errors: readonly FieldError[] }) {
  const box = useRef<HTMLDivElement>(null)
  const shown = errors.map((e) => e.fieldId + e.message).join('|')
  useEffect(() => {
    if (shown !== '') box.current?.focus()
  }, [shown])
  if (errors.length === 0) return null
  return (
    <div className="notice" data-tone="no" role="alert" tabIndex={-1} ref={box}>
      <h2>There is a problem</h2>
      <ul className="plain">
        {errors.map((error) => (
          <li key={error.fieldId + error.message}>
            <a
              href={`#${error.fieldId}`}
              onClick={(event) => {
                // The hash is the router's; focus is moved by hand.
                event.preventDefault()
                document.getElementById(error.fieldId)?.focus()
              }}
            >
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
