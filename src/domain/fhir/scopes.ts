/** What a scope lets one do, in SMART v2 letters: create, read, update, delete, search. */
export type Right = 'c' | 'r' | 'u' | 'd' | 's'

const SCOPE = /^(?:patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.([a-z*]+)(?:\?.*)?$/

/**
 * Whether one of the granted scopes holds this right for this type. v1 spellings (`.read`, `.write`, `.*`) mean `.rs`, `.cud`,
 * `.cruds` (SMART 2.2 §scopes-for-requesting-fhir-resources). A scope narrowed by `?param=` counts: what it leaves out the server
 * refuses, and a refused record goes into the document.
 */
export function hasRight(scopes: readonly string[], type: string, right: Right): boolean {
  return scopes.some((scope) => {
    const [, granted, rights] = SCOPE.exec(scope) ?? []
    return (granted === '*' || granted === type) && letters(rights).includes(right)
  })
}

function letters(rights: string | undefined): string {
  switch (rights) {
    case undefined:
      return ''
    case 'read':
      return 'rs'
    case 'write':
      return 'cud'
    case '*':
      return 'cruds'
    default:
      return /^c?r?u?d?s?$/.test(rights) ? rights : ''
  }
}
