/**
 * Runs over a list, a few at a time and in order of beginning, until one says that all has to halt; what is in flight then is
 * waited for. An exception halts too, and is thrown when nothing is in flight any more.
 */
export async function inLanes<T, H>(
  items: readonly T[],
  lanes: number,
  run: (item: T) => Promise<H | undefined>,
): Promise<H | undefined> {
  const ends: H[] = []
  let isBroken = false
  let next = 0
  const lane = async (): Promise<void> => {
    while (!isBroken && ends.length === 0) {
      const item = items[next]
      if (item === undefined) return
      next += 1
      try {
        const end = await run(item)
        if (end !== undefined) ends.push(end)
      } catch (error) {
        isBroken = true
        throw error
      }
    }
  }
  const all = await Promise.allSettled(Array.from({ length: Math.max(1, lanes) }, lane))
  for (const one of all) if (one.status === 'rejected') throw one.reason
  return ends[0]
}
