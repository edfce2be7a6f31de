import { type ReactNode, type Ref, useId } from 'react'

interface Props {
  readonly title?: ReactNode
  readonly level?: 1 | 2 | 3
  /** Beside the title: a state, a count. */
  readonly aside?: ReactNode
  readonly tone?: 'yes' | 'ask' | 'no' | 'mute'
  readonly as?: 'section' | 'article' | 'div'
  readonly id?: string
  /** To move focus to the heading after an action. */
  readonly headingRef?: Ref<HTMLHeadingElement>
  readonly busy?: boolean
  readonly children?: ReactNode
}

export function Panel({
  title,
  level = 2,
  aside,
  tone,
  as: Box = 'section',
  id,
  headingRef,
  busy,
  children,
}: Props) {
  const headingId = useId()
  const Heading = `h${level}` as const
  return (
    <Box
      className="panel"
      id={id}
      data-tone={tone}
      aria-busy={busy || undefined}
      aria-labelledby={title === undefined || Box === 'div' ? undefined : headingId}
    >
      {title !== undefined && (
        <div className="panel-head">
          <Heading id={headingId} ref={headingRef} tabIndex={headingRef ? -1 : undefined}>
            {title}
          </Heading>
          {aside}
        </div>
      )}
      {children !== undefined && <div className="panel-body">{children}</div>}
    </Box>
  )
}
