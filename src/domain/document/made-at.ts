const instant = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A FHIR instant for people, date, time and zone: "20-Nov-2026 10:32 (UTC-05:00)". Anything else is shown as it is. */
export function formatMadeAt(madeAt: string): string {
  const [, year, month, day, hour, minute, , zone] = instant.exec(madeAt) ?? []
  if (year === undefined) return madeAt
  const name = months[Number(month) - 1] ?? month
  return `${day}-${name}-${year} ${hour}:${minute} (UTC${zone === 'Z' ? '' : zone})`
}

/** The same as PDF writes dates: "D:20261120103200-05'00'". Undefined where it is no instant. */
export function pdfDate(madeAt: string): string | undefined {
  const [, year, month, day, hour, minute, second = '00', zone] = instant.exec(madeAt) ?? []
  if (year === undefined || zone === undefined) return undefined
  const offset = zone === 'Z' ? "+00'00'" : `${zone.replace(':', "'")}'`
  return `D:${year}${month}${day}${hour}${minute}${second}${offset}`
}

/** A moment as a FHIR instant in the zone of this machine: "2026-11-20T10:32:00-05:00". `offsetMinutes` east of UTC. */
export function instantAt(epochMs: number, offsetMinutes: number): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const minutes = Math.abs(offsetMinutes)
  const zone = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  return `${new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, 19)}${zone}`
}

/** The same as RTF's `\creatim`, empty where it is no instant. */
export function rtfTime(madeAt: string): string {
  const [, year, month, day, hour, minute] = instant.exec(madeAt) ?? []
  if (year === undefined) return ''
  const at = [`\\yr${year}`, `\\mo${month}`, `\\dy${day}`, `\\hr${hour}`, `\\min${minute}`].join('')
  return `{\\creatim${at}}`
}
