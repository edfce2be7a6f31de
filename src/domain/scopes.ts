/** SMART 2.2 scopes and v1 spellings. */

/** The scopes to ask for: an EHR launch brings its own patient (`launch`), a standalone one asks for one (`launch/patient`). */
export function scopesToAsk(configured: string, launchedByEhr: boolean): string {
  const rest = configured
    .split(/\s+/)
    .filter((scope) => scope !== '' && scope !== 'launch' && scope !== 'launch/patient')
  return [launchedByEhr ? 'launch' : 'launch/patient', ...rest].join(' ')
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
