/** One line of the report: a count or a ratio. Never a time of its own, for that says more about the machine than about the app. */
export interface Measure {
  readonly name: string
  readonly value: number
  /** What is counted, or what the ratio is to. */
  readonly unit: string
  readonly target?: string
}

/** What one benchmark found, or why it could not run. */
export interface Section {
  readonly title: string
  readonly measures: readonly Measure[]
  readonly skipped?: string
}

/** The middle one; of an even number, the lower of the two. Throws where there is none. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]
  if (middle === undefined) throw new Error('Nothing was measured.')
  return middle
}

/** `a` in units of `b`, two digits after the point. */
export const ratio = (a: number, b: number): number => Math.round((a / b) * 100) / 100

/** Runs the same thing several times, one after the other. */
export async function repeat<T>(times: number, run: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = []
  for (let i = 0; i < times; i += 1) results.push(await run())
  return results
}
