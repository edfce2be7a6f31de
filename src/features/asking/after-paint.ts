/** Where the browser cannot tell when it is idle: a few frames. Milliseconds. */
const A_FEW_FRAMES = 60
const AT_THE_LATEST = 1_000

/** Runs once the browser has painted what stands now and is idle, a second later at most; returns what calls it off. */
export function afterPaint(run: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run, A_FEW_FRAMES)
    return () => clearTimeout(timer)
  }
  let idle: number | undefined
  const frame = requestAnimationFrame(() => {
    idle = requestIdleCallback(run, { timeout: AT_THE_LATEST })
  })
  return () => {
    cancelAnimationFrame(frame)
    if (idle !== undefined) cancelIdleCallback(idle)
  }
}
