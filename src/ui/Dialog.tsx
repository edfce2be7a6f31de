import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './Button'

interface Props {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly actions?: ReactNode
}

/** The browser's own modal dialog: it traps focus, closes on Escape and returns focus to where it was. */
export function Dialog({ open, title, onClose, children, actions }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  const headingId = useId()
  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    <dialog className="dialog" ref={element} aria-labelledby={headingId} onClose={onClose}>
      {open && (
        <>
          <div className="dialog-head">
            <h2 id={headingId}>{title}</h2>
            <Button variant="quiet" onClick={onClose}>
              Close
            </Button>
          </div>
          <div className="dialog-body">{children}</div>
          {actions !== undefined && <div className="dialog-foot">{actions}</div>}
        </>
      )}
    </dialog>
  )
}
