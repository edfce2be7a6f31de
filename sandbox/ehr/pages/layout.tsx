/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { html } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Page = HtmlEscapedString | Promise<HtmlEscapedString>

/** The name of this EHR, as its pages say it. */
export const EHR_NAME = 'Lakeside EHR'

const PLACES = [
  { id: 'patients', href: '/', label: 'Patients' },
  { id: 'appointments', href: '/appointments', label: 'Appointments' },
  { id: 'schedule', href: '/schedule', label: 'Front desk' },
  { id: 'api-log', href: '/api-log', label: 'API log' },
] as const

type Place = (typeof PLACES)[number]['id']

interface LayoutProps {
  /** Without anybody's name: titles end in histories and screenshots. */
  readonly title: string
  readonly place?: Place
  /** The page fills the window and has no margin: a frame. */
  readonly filled?: boolean
}

/** The frame of every page: head, bar, main. */
export function Layout({ title, place, filled, children }: PropsWithChildren<LayoutProps>): Page {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – ${EHR_NAME}`}</title>
        <link rel="stylesheet" href="/ehr.css" />
        <link rel="icon" href="data:," />
      </head>
      <body class={filled ? 'filled' : undefined}>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <header class="bar">
          <a class="brand" href="/">
            {EHR_NAME} <span class="tag">sandbox</span>
          </a>
          <nav aria-label="Main">
            {PLACES.map((p) => (
              <a key={p.id} href={p.href} aria-current={p.id === place ? 'page' : undefined}>
                {p.label}
              </a>
            ))}
          </nav>
        </header>
        <main id="main" tabindex={-1}>
          {children}
        </main>
      </body>
    </html>
  )
  return html`<!doctype html>${page}`
}
