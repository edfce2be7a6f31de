/** SMART 2.2 scopes and v1 spellings. */

/**
 * The scopes to ask for: an EHR launch brings its own patient (`launch`), a standalone one asks for one (`launch/patient`), unless
 * it is to be without a patient: then those of the user alone count.
 */
export function scopesToAsk(configured: string, launchedByEhr: boolean, withPatient = true): string {
  const rest = configured
    .split(/\s+/)
    .filter((scope) => scope !== '' && scope !== 'launch' && scope !== 'launch/patient')
  if (launchedByEhr) return ['launch', ...rest].join(' ')
  return withPatient
    ? ['launch/patient', ...rest].join(' ')
    : rest.filter((scope) => !scope.startsWith('patient/')).join(' ')
}

/** Whether anything of the chart may be read at all with these granted scopes. */
export function canReadChart(scopes: readonly string[]): boolean {
  return scopes.some((scope) => {
    const found = /^(?:patient|user|system)\/[A-Za-z*]+\.([a-z*]+)/.exec(scope)
    return (
      found?.[1] !== undefined &&
      (found[1] === '*' || found[1] === 'read' || (/^c?r?u?d?s?$/.test(found[1]) && /[rs]/.test(found[1])))
    )
  })
}
