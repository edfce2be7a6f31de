import type { Context } from 'hono'
import { Hono } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import type { Ehr } from '../context'
import { ArmedFaults } from '../fault/faults'
import { ErrorPage } from '../pages/error-page'
import { PatientPickerPage, SignInPage } from '../pages/sign-in'
import { findPersonality, takesWrites } from '../personalities'
import { findUser } from '../users'
import { type AuthorizeRequest, checkAuthorize, type Parameters, redirectWith } from './authorize-request'
import type { Launch } from './launches'
import { grantScopes } from './scopes'

/** Cookie by which a standalone launch that was prepared on the EHR's pages (with a fault, say) finds its way to authorize. */
export const STANDALONE_COOKIE = 'sandbox_ehr_standalone'

function issueCode(ehr: Ehr, request: AuthorizeRequest, launch: Launch): string {
  const { faults } = launch
  const { redirectUri, state } = request
  if (faults.take('deny')) {
    const error_description = 'The EHR does not let this user open the app'
    return redirectWith(redirectUri, { error: 'access_denied', error_description, state })
  }
  const personality = findPersonality(launch.personality)
  const scopes = grantScopes(request.scope, {
    hasPatient: launch.patient !== undefined,
    readOnly: faults.has('narrow-scope') || personality === undefined || !takesWrites(personality),
    noUser: faults.has('no-user-scope'),
    noResources: faults.has('no-scope'),
    noRefresh: faults.has('no-refresh'),
  })
  const grant = {
    clientId: request.client.id,
    launch,
    scopes,
    ...(launch.patient === undefined ? {} : { patient: launch.patient }),
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    revoked: false,
  }
  return redirectWith(redirectUri, {
    code: ehr.grants.issueCode(grant, redirectUri, request.challenge),
    state,
  })
}

/** The launch that a standalone authorization amounts to, once somebody signed in and perhaps chose a patient. */
function standaloneLaunch(
  ehr: Ehr,
  personality: string,
  user: string,
  patient?: string,
  prepared?: Launch,
): Launch {
  return ehr.launches.add({
    ...(prepared ?? { fhirContext: [], appContextAs: 'string', faults: new ArmedFaults([]) }),
    personality,
    user,
    ...(patient === undefined ? {} : { patient }),
  })
}

/** SMART's authorization endpoint, by GET and by POST, with the pages of a standalone launch. */
export function authorizeRoutes(ehr: Ehr): Hono {
  const app = new Hono()

  const continueStandalone = (c: Context, personality: string, request: AuthorizeRequest, p: Parameters) => {
    const prepared = ehr.launches.find(getCookie(c, STANDALONE_COOKIE))
    // A prepared launch serves one authorization; the next one in this browser is an ordinary one again.
    const finish = (to: string) => {
      deleteCookie(c, STANDALONE_COOKIE, { path: '/' })
      return c.redirect(to)
    }
    if (p.cancel) {
      const error_description = 'The user cancelled'
      return finish(
        redirectWith(request.redirectUri, {
          error: 'access_denied',
          error_description,
          state: request.state,
        }),
      )
    }
    const user = findUser(p.sandbox_user)
    if (user === undefined) return c.html(SignInPage({ ehr, client: request.client, parameters: p }))
    const wantsPatient = request.scope.split(/\s+/).includes('launch/patient')
    const patient = p.sandbox_patient ? ehr.store.get('Patient', p.sandbox_patient)?.id : undefined
    if (wantsPatient && patient === undefined) {
      return c.html(PatientPickerPage({ ehr, client: request.client, user, parameters: p }))
    }
    const usable = prepared?.personality === personality ? prepared : undefined
    return finish(issueCode(ehr, request, standaloneLaunch(ehr, personality, user.id, patient, usable)))
  }

  const handle = (c: Context, p: Parameters) => {
    const personality = c.req.param('personality') ?? ''
    c.header('Cache-Control', 'no-store')
    if (findPersonality(personality) === undefined) return c.notFound()
    const check = checkAuthorize(ehr, personality, p)
    switch (check.kind) {
      case 'page':
        return c.html(ErrorPage({ title: 'The app cannot be opened', message: check.message }), 400)
      case 'redirect':
        return c.redirect(check.to)
      case 'ok': {
        const { launch } = check.request
        // In an EHR launch the user is signed in already and the chart is open: nothing to ask.
        if (launch !== undefined) return c.redirect(issueCode(ehr, check.request, launch))
        return continueStandalone(c, personality, check.request, p)
      }
    }
  }

  app.get('/:personality/oauth/authorize', (c) => handle(c, c.req.query()))
  app.post('/:personality/oauth/authorize', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    return handle(c, Object.fromEntries(form))
  })
  return app
}
