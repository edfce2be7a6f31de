/** 32 hex digits that depend on every character of a text. Names a file; not for security. */
export function fingerprint(text: string): string {
  const seeds = [0x811c9dc5, 0x1b873593, 0xcc9e2d51, 0x85ebca6b]
  return seeds.map((seed) => hash32(text, seed).toString(16).padStart(8, '0')).join('')
}

/** FNV-1a over UTF-16 code units. */
function hash32(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
