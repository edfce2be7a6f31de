/** The local calendar day of a moment (epoch ms), `YYYY-MM-DD`. */
export function dayOf(epochMs: number): string {
  const moment = new Date(epochMs)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

/** With the user's own offset from UTC, so that the day that was chosen is the day that is read. */
export function instant(moment: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  const offset = -moment.getTimezoneOffset()
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`
  const [hours, rest] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60]
  return `${day}T${time}${offset < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`
}
