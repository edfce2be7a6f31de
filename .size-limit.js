import { readFileSync } from 'node:fs'

// What the browser has to load before each first screen: the entry, the task's own chunk, and all they import statically.
const manifest = JSON.parse(readFileSync(new URL('dist/.vite/manifest.json', import.meta.url), 'utf8'))

function closure(names, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue
    seen.add(name)
    closure(manifest[name].imports ?? [], seen)
  }
  return seen
}

const files = (names) => [...closure(names)].map((name) => `dist/${manifest[name].file}`)

export default [
  {
    name: 'JavaScript before the first screen: What-if',
    path: files(['index.html', 'src/features/what-if/WhatIf.tsx']),
    limit: '150 kB',
    gzip: true,
  },
  {
    name: 'JavaScript before the first screen: Member history',
    path: files(['index.html', 'src/features/member-history/MemberHistory.tsx']),
    limit: '150 kB',
    gzip: true,
  },
  {
    name: 'JavaScript before the first screen: Front desk',
    path: files(['index.html', 'src/features/front-desk/PatientDesk.tsx']),
    limit: '150 kB',
    gzip: true,
  },
  {
    name: 'JavaScript before the first screen: Front desk without a patient',
    path: files(['index.html', 'src/app/DeskApp.tsx']),
    limit: '150 kB',
    gzip: true,
  },
]
