/** The same numbers for the same seed, each at least 0 and below 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What stands where something else should: other types, long and hostile texts, things nested deeper than any real one; made anew each time. */
const junk: readonly (() => unknown)[] = [
  ...[null, true, false, 0, -1, 1e308, '', ' ', 'x'.repeat(60_000)].map((value) => () => value),
  ...[
    '<script>window.hostile = 1</script><img src="https://evil.example/p.gif" onerror="window.hostile = 2">',
    '[go](javascript:alert(1)) ![p](https://evil.example/p.gif) <a href="javascript:alert(2)">x</a> <iframe src="x">',
    '| a | b |\n|---|---|\n| <img src=x onerror=alert(1)> | [x](data:text/html,y) |',
    'javascript:alert(1)',
    'https://user:pass@evil.example/',
    '\u202egnp.exe\u0000',
  ].map((text) => () => text),
  () => [],
  () => ({}),
  () => [[]],
  () => ({ constructor: 'x', toString: 'y', ['__proto__']: { url: 'z' } }),
  () => ({ reference: 'ServiceRequest/2468' }),
  () => ({ resourceType: 'Questionnaire', item: [{ item: 'x' }, 7] }),
  () => nested(150, []),
  () => nested(5_000, {}),
]

function nested(depth: number, inner: unknown): unknown {
  let value = inner
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { item: value }
  return value
}

/** One change somewhere in JSON: gone, replaced, given twice, wrapped, or the whole put inside. */
export function mutate(json: unknown, random: () => number): void {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)]
  let here = json
  for (;;) {
    if (typeof here !== 'object' || here === null) return
    const holder = here as Record<string, unknown>
    const key = pick(Object.keys(holder))
    if (key === undefined) return
    const child = holder[key]
    if (typeof child === 'object' && child !== null && random() < 0.8) {
      here = child
      continue
    }
    change(holder, key, pick(['gone', 'junk', 'junk', 'junk', 'twice', 'wrapped', 'text']), pick(junk)?.())
    return
  }
}

function change(holder: Record<string, unknown>, key: string, how: string | undefined, other: unknown): void {
  const child = holder[key]
  if (how === 'gone') {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
  } else if (how === 'junk') holder[key] = other
  else if (how === 'twice') holder[key] = [child, child]
  else if (how === 'wrapped') holder[key] = { [key]: child }
  else holder[key] = typeof child === 'object' ? 'words' : JSON.stringify(child)
}
