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

/** "dev-3, dev-21 to dev-23" as single ids. */
const idsIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/([a-z]+)-(\d+)(?: to \1-(\d+))?/g)].flatMap(([, name, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, each) => `${name}-${Number(first) + each}`),
  )

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
    // The first column of the tables below "CRD 2.2, client statements".
    const section = page.split(/^## /m).find((part) => part.startsWith('CRD 2.2')) ?? ''
    const spokenOf = section
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .flatMap((line) => idsIn(line.split('|')[1] ?? ''))
    expect(spokenOf.sort()).toEqual(ids.sort())
  })
})
