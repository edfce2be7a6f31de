import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'

const page = readFileSync('docs/conformance.md', 'utf8')
const statements = '../shared/docs/crd-client-requirements.txt'

/** Every file of the project that the page may speak of, by its path. */
const files = ['src', 'e2e', 'sandbox', 'server', 'scripts', 'docs'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
)
const names = new Set(files.map((path) => basename(path)))

/** What stands in backticks and is a file or a folder: with its path, or by its name alone. */
const named = [...new Set([...page.matchAll(/`([^`\s]+)`/g)].map((found) => found[1] ?? ''))].filter((each) =>
  /^\w.*(\.(ts|tsx|css|md)|\/)$/.test(each),
)

/** "dev-3, dev-21 to dev-23, §44, §54 to §56" as single ids. */
const idsIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/([a-z]+-|§)(\d+)(?: to \1(\d+))?/g)].flatMap(([, name, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, each) => `${name}${Number(first) + each}`),
  )

/** The ids in the first columns of the tables of a section. */
const spokenOfIn = (title: string): readonly string[] =>
  (page.split(/^## /m).find((part) => part.startsWith(title)) ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => idsIn(line.split('|')[1] ?? ''))

/** §43 to §70 are the page on hooks and writing; the others that bind an app or are read by it (PDex facts 2 to 6), and HRex's. */
const pdex = [
  ...idsIn('§43 to §70, §4, §5, §7, §87, §127, §228, §229, §391'),
  ...idsIn('mm-3, mm-6 to mm-12'),
]

describe('docs/conformance.md', () => {
  it('names files and tests that are there', () => {
    expect(named.length).toBeGreaterThan(100)
    const isKnown = (each: string) => (each.includes('/') ? existsSync(each) : names.has(each))
    expect(named.filter((each) => !isKnown(each))).toEqual([])
  })

  it('names a test in each row of a table with tests, or says why there is none', () => {
    const rows = page.split('\n').filter((line) => /^\| [^|]+ \| [^|]+ \| [^|]+ \| [^|]+ \|$/.test(line))
    expect(rows.length).toBeGreaterThan(50)
    const isTested = (row: string) => /\.(test|spec)\.tsx?`|no test:|not yet|^\| (id|of) \|/i.test(row)
    expect(rows.filter((row) => !isTested(row))).toEqual([])
  })

  it.skipIf(!existsSync(statements))('speaks of each statement that binds a CRD client, once', () => {
    const ids = [...readFileSync(statements, 'utf8').matchAll(/^([a-z]+-\d+) \[/gm)].map((found) => found[1])
    expect(ids).toHaveLength(113)
    expect(spokenOfIn('CRD 2.2').toSorted()).toEqual(ids.toSorted())
  })

  it('speaks of each statement of PDex and HRex that binds this app, once', () => {
    expect(spokenOfIn('PDex 2.0').toSorted()).toEqual(pdex.toSorted())
  })
})
