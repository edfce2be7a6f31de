import { Component, type ReactNode } from 'react'
import { Button, CopyButton, Notice } from '../ui'

interface Props {
  readonly newId: () => string
  readonly children: ReactNode
}

/** A bug ends one screen, not the page: says so, keeps the rest, gives a reference. No stack and no data are shown or logged. */
export class ErrorBoundary extends Component<Props, { readonly reference?: string }> {
  override readonly state: { readonly reference?: string } = {}

  override componentDidCatch(): void {
    this.setState({ reference: this.props.newId() })
  }

  static getDerivedStateFromError(): { readonly reference: string } {
    return { reference: '' }
  }

  override render(): ReactNode {
    const { reference } = this.state
    if (reference === undefined) return this.props.children
    return (
      <Notice
        tone="no"
        role="alert"
        title="This screen stopped because of a fault in the app."
        actions={
          <>
            <Button onClick={() => this.setState({ reference: undefined as never })}>Show it again</Button>
            <CopyButton text={reference} label={`Copy reference ${reference.slice(0, 8)}`} />
          </>
        }
      >
        <p>
          Nothing was sent because of it. If it happens again, tell the person who looks after this app the
          reference.
        </p>
      </Notice>
    )
  }
}
