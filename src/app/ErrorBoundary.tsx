import { Component, type ReactNode } from 'react'
import { Button, CopyButton, Notice } from '../ui'

interface Props {
  readonly newId: () => string
  readonly children: ReactNode
}

interface State {
  readonly failed: boolean
  /** Told to support; made when the screen stops, so it says nothing of the patient. */
  readonly reference: string
}

const WELL: State = { failed: false, reference: '' }

/** A bug ends one screen, not the page: says so, keeps the rest, gives a reference. No stack and no data are shown or logged. */
export class ErrorBoundary extends Component<Props, State> {
  override readonly state: State = WELL

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true }
  }

  override componentDidCatch(): void {
    this.setState({ reference: this.props.newId() })
  }

  override render(): ReactNode {
    const { failed, reference } = this.state
    if (!failed) return this.props.children
    return (
      <Notice
        tone="no"
        role="alert"
        title="This screen stopped because of a fault in the app."
        actions={
          <>
            <Button onClick={() => this.setState(WELL)}>Show it again</Button>
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
