import type { Site } from '../src/domain/site'
import { reachedOrigins } from '../src/domain/site'

/**
 * Headers for every answer of the app's own server. `connect-src` lists this site's EHRs, payers and terminology service and nothing else;
 * `own` is the app's own origin, for which the policy says 'self'. `frame-ancestors` lists the EHRs, which open the app inside their own pages.
 */
export function securityHeaders(site: Site, own: string): Readonly<Record<string, string>> {
  const reached = reachedOrigins(site)
    .filter((origin) => origin !== own)
    .join(' ')
  const ancestors = [...new Set(site.issuers.flatMap(ehrOrigins))].join(' ')
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "worker-src 'self'",
    "frame-src 'self' blob:",
    `connect-src 'self' ${reached}`,
    `frame-ancestors 'self' ${ancestors}`,
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
}

function ehrOrigins({ issuer, origins }: Site['issuers'][number]): readonly string[] {
  return [issuer.replace(/\/\*$/, ''), ...origins].map((url) => new URL(url).origin)
}
