import { useEffect, useId, useRef, useState } from 'react'
import type { MergedCard } from '../../domain/crd/card-groups'
import { Button, useAnnounce } from '../../ui'
import { CardView } from './CardView'
import type { CardDesk } from './card-desk'
import { DismissForm } from './DismissForm'
import { asideWords, type LeftAside, reasonsOf } from './left-aside'

interface Props {
  readonly merged: MergedCard
  readonly desk: CardDesk
  /** Absent: the card stands open. */
  readonly aside: LeftAside | undefined
  /** Undefined takes it back. Absent: cards are only read. */
  readonly onAside?: (aside: LeftAside | undefined) => void
}

/** A card, or the one line that is left of it where the user left it aside. Focus follows what was done (U7, U17). */
export function CardSlot({ merged, desk, aside, onAside }: Props) {
  const announce = useAnnounce()
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const folded = useRef<HTMLElement>(null)
  const before = useRef(aside)
  useEffect(() => {
    if (before.current === aside) return
    before.current = aside
    if (aside === undefined) heading.current?.focus()
    else folded.current?.querySelector('button')?.focus()
  }, [aside])
  const told = desk.feedback?.states.get(merged.key)
  const listeners = desk.feedback?.listeners(merged) ?? ''
  const telling = told !== undefined && (
    <p className="soft small" role="status">
      {told === 'told' ? `${listeners} was told.` : `${listeners} could not be told. It is not tried again.`}
    </p>
  )
  if (aside === undefined || onAside === undefined)
    return (
      <CardView
        merged={merged}
        desk={desk}
        headingRef={heading}
        footer={
          <>
            {telling}
            {onAside !== undefined && (
              <Dismissal
                merged={merged}
                toldPayer={listeners === '' ? undefined : listeners}
                onDismiss={(why) => {
                  onAside(why)
                  desk.feedback?.override(merged, why)
                  announce(asideWords(why))
                }}
              />
            )}
          </>
        }
      />
    )
  return (
    <article className="panel wi-aside" aria-labelledby={id} ref={folded}>
      <h3 id={id}>{merged.card.summary}</h3>
      <p className="soft">{asideWords(aside)}</p>
      <Button variant="quiet" onClick={() => onAside(undefined)}>
        Undo
      </Button>
      {telling}
    </article>
  )
}

/** The button, and why: asked only where the card offers reasons or the payer hears of it. */
function Dismissal({
  merged,
  toldPayer,
  onDismiss,
}: {
  readonly merged: MergedCard
  readonly toldPayer: string | undefined
  readonly onDismiss: (aside: LeftAside) => void
}) {
  const [isOpen, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const reasons = reasonsOf(merged)
  const cancel = () => {
    setOpen(false)
    place.current?.querySelector('button')?.focus()
  }
  return (
    <>
      <div className="cluster no-print" ref={place}>
        <Button
          variant="quiet"
          {...(reasons.length > 0 || toldPayer !== undefined
            ? { 'aria-expanded': isOpen, onClick: () => setOpen(!isOpen) }
            : { onClick: () => onDismiss({}) })}
        >
          Dismiss
        </Button>
      </div>
      {isOpen && (
        <DismissForm reasons={reasons} toldPayer={toldPayer} onDismiss={onDismiss} onCancel={cancel} />
      )}
    </>
  )
}
