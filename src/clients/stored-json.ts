/** The text under a key; undefined where there is none, and where the browser denies storage (third-party frames). */
export function storedText(storage: () => Storage, key: string): string | undefined {
  try {
    return storage().getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** What is no JSON counts as never stored. */
export function parsed(body: string | undefined): unknown {
  if (body === undefined) return undefined
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}
