let tries = 0

/**
 * Loads a part of the app. Chromium remembers of a file that it did not come and never asks for it again, so the next try is under
 * another name; what the file itself needs keeps its name, and is there once only.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    const file = ownFile(error)
    if (file === undefined) throw error
    tries += 1
    const loaded: T = await import(/* @vite-ignore */ `${file}?again=${tries}`)
    return loaded
  }
}

/** The file of this app that the browser's own words name. */
function ownFile(error: unknown): string | undefined {
  const named = error instanceof Error ? /https?:\S+\.js\b/.exec(error.message)?.[0] : undefined
  return named?.startsWith(`${window.location.origin}/`) ? named : undefined
}
