/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { Layout, type Page } from './layout'

/** A launch link to copy. */
export function LinkPage({
  url,
  patient,
}: {
  readonly url: string
  readonly patient: string | undefined
}): Page {
  return Layout({
    title: 'Launch link',
    place: 'patients',
    children: (
      <section class="card narrow">
        <h1>Launch link</h1>
        <p class="field">
          <label for="link">Opens the app as chosen, each time anew</label>
          <textarea id="link" readonly rows={5}>
            {url}
          </textarea>
        </p>
        <p>
          <a href={url}>Open it</a>
          {patient ? (
            <>
              {' · '}
              <a href={`/patients/${patient}`}>Back to the chart</a>
            </>
          ) : (
            ''
          )}
        </p>
      </section>
    ),
  })
}
