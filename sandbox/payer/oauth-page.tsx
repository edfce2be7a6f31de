/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { ACCOUNTS } from './oauth-accounts'

type Page = HtmlEscapedString | Promise<HtmlEscapedString>

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  body { margin: 0 }
  main { max-width: 26rem; margin: 8vh auto 0; padding: 0 1.25rem }
  ul { list-style: none; padding: 0; display: grid; gap: .5rem }
  button { font: inherit; text-align: start; width: 100%; padding: .6rem .9rem; border: 1px solid; border-radius: 6px; background: none; color: inherit; cursor: pointer }
  button:focus-visible { outline: 3px solid; outline-offset: 2px }
  span { display: block; opacity: .8 }
  fieldset { border: 0; padding: 0; margin: 0 }`

interface Props {
  readonly payer: string
  readonly app: string
  readonly scopes: readonly string[]
  /** The authorization request as it came, to be handed on. */
  readonly parameters: Readonly<Record<string, string>>
}

/** The payer's own sign-in, with the question whether the app may read. */
export function SignInPage({ payer, app, scopes, parameters }: Props): Page {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Sign in – ${payer}`}</title>
        <link rel="icon" href="data:," />
        <style>{STYLE}</style>
      </head>
      <body>
        <main>
          <h1>{payer} for providers</h1>
          <p>
            {app} asks to read members' records with your account ({scopes.join(' ')}). This is a sandbox:
            choose who you are.
          </p>
          <form method="post">
            {Object.entries(parameters).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <fieldset>
              <legend>Sign in and allow as</legend>
              <ul>
                {ACCOUNTS.map(({ id, name, role }) => (
                  <li key={id}>
                    <button type="submit" name="account" value={id}>
                      <strong>{name}</strong>
                      <span>{role}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </fieldset>
            <button type="submit" name="deny" value="1">
              Do not allow
              <span>Takes back what {app} was allowed before</span>
            </button>
          </form>
        </main>
      </body>
    </html>
  )
  return html`<!doctype html>${page}`
}
