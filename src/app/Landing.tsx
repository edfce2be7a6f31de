import { lazy, Suspense } from 'react'
import { useHashLocation } from 'wouter/use-hash-location'
import type { Site } from '../domain/site'
import { Button, Panel } from '../ui'
import type { SetupProps } from './Setup'
import { useTheme } from './theme'

const Setup = lazy(() => import('./Setup'))

interface Props {
  readonly site: Site
  /** `withPatient` false: for the front desk, which picks one later. */
  readonly onSignIn: (issuer: string, withPatient: boolean) => void
  /** What the set-up check works with; loaded where the site allows the check and somebody opens it. */
  readonly loadSetup: SetupProps['loadWorld']
}

/** Opened by its address alone: how to get in, or at `#/setup` the set-up check where the site allows it. */
export default function Landing({ site, onSignIn, loadSetup }: Props) {
  useTheme(undefined)
  const [path] = useHashLocation()
  if (site.setupCheck === true && path === '/setup')
    return (
      <Suspense fallback={null}>
        <Setup loadWorld={loadSetup} />
      </Suspense>
    )
  const direct = site.issuers.filter(({ issuer }) => !issuer.endsWith('/*'))
  return (
    <main className="stop-page">
      <Panel title="Beforehand" level={1}>
        <p>
          Ask a payer what it would say before anything is ordered, and bring the records it holds into the
          chart. Open this app from a patient’s chart in the EHR’s app menu.
        </p>
        {direct.length > 0 && (
          <>
            <p>Or sign in here and choose a patient:</p>
            <ul className="plain stack">
              {direct.map(({ issuer, name, scopes }) => (
                <li key={issuer}>
                  <div className="cluster">
                    <Button onClick={() => onSignIn(issuer, true)}>Sign in at {name}</Button>
                    {site.frontDesk !== undefined && /\suser\/(Patient|\*)\./.test(` ${scopes}`) && (
                      <Button variant="quiet" onClick={() => onSignIn(issuer, false)}>
                        Front desk, without a patient
                      </Button>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
        {site.setupCheck === true && (
          <p>
            <a href="#/setup">Check the set-up of this app</a>
          </p>
        )}
      </Panel>
    </main>
  )
}
