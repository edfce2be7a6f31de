/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { LoggedRequest } from '../../request-log'
import type { Ehr } from '../context'
import { requestWords, shownPath } from '../log-words'
import { Layout, type Page } from './layout'

const SHOWN = 200

/** Requests that are the app's, not a person's looking at pages. */
function isApi({ path }: LoggedRequest): boolean {
  return /^\/[^/]+\/(fhir|oauth)(\/|\?|$)/.test(path) || path.startsWith('/styles/')
}

function Entry({ entry }: { readonly entry: LoggedRequest }) {
  return (
    <tr class={entry.status >= 400 ? 'failed' : undefined}>
      <td data-label="When">
        <time datetime={entry.at}>{entry.at.slice(11, 19)}</time>
      </td>
      <td data-label="Method">{entry.method}</td>
      <td data-label="What" class="path">
        {requestWords(entry)}
        <br />
        <code>{shownPath(entry.path)}</code>
      </td>
      <td data-label="Status">{entry.status}</td>
    </tr>
  )
}

/** What apps asked of this EHR, latest first. */
export function ApiLogPage({ ehr }: { readonly ehr: Ehr }): Page {
  const entries = ehr.log.all().filter(isApi).toReversed()
  return Layout({
    title: 'API log',
    place: 'api-log',
    children: (
      <>
        <h1>API log</h1>
        <p>
          What apps asked of this EHR, latest first. Times are UTC. Whole, with headers and bodies:{' '}
          <a href="/_log">/_log</a>
        </p>
        {entries.length === 0 ? (
          <p class="empty">Nothing yet. Open the app from a chart.</p>
        ) : (
          <table class="stacking">
            <caption>
              {entries.length > SHOWN
                ? `The latest ${SHOWN} of ${entries.length} requests`
                : `${entries.length} requests`}
            </caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Method</th>
                <th scope="col">What</th>
                <th scope="col">Status</th>
              </tr>
            </thead>
            <tbody>
              {entries.slice(0, SHOWN).map((entry) => (
                <Entry key={`${entry.at} ${entry.path}`} entry={entry} />
              ))}
            </tbody>
          </table>
        )}
      </>
    ),
  })
}
