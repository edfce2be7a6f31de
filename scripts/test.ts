import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './chromium'
import { root } from './stack'

/** Tests that ran and how they ended. A tool that only says yes or no counts as one. */
interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const reports = join(root, 'test-results')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

// A log file wants no colour codes.
const plain: NodeJS.ProcessEnv = process.stdout.isTTY ? {} : { NO_COLOR: '1' }

const results: { readonly name: string; readonly count: Count; readonly seconds: number }[] = []

function step(name: string, run: () => Count): void {
  console.log(`\n== ${name}`)
  const begun = Date.now()
  const count = run()
  results.push({ name, count, seconds: (Date.now() - begun) / 1000 })
}

function call(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...plain, ...env },
    shell: process.platform === 'win32',
  })
  return done.status === 0
}

const yesNo = (ok: boolean): Count => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })

/** A runner's JSON report; a runner that failed without a failed test (a crash, no tests at all) counts as one failure. */
function counted(ok: boolean, file: string, read: (json: Record<string, unknown>) => Count): Count {
  try {
    const count = read(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
    const silent = (!ok && count.failed === 0) || count.passed + count.failed === 0
    return silent ? { ...count, failed: count.failed + 1 } : count
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

const n = (value: unknown): number => (typeof value === 'number' ? value : 0)

step('types', () =>
  yesNo(call(bin('tsc'), ['-p', 'tsconfig.app.json']) && call(bin('tsc'), ['-p', 'tsconfig.node.json'])),
)
step('lint', () => yesNo(call(bin('biome'), ['check', '--error-on-warnings', '.'])))
step('dead code', () => yesNo(call(bin('knip'), ['--no-progress'])))
step('unit', () => {
  const file = join(reports, 'unit.json')
  const ok = call(bin('vitest'), ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`])
  return counted(ok, file, (json) => ({
    passed: n(json.numPassedTests),
    failed: n(json.numFailedTests),
    skipped: n(json.numPendingTests) + n(json.numTodoTests),
  }))
})
step('build', () => yesNo(call(bin('vite'), ['build', '--logLevel', 'warn'])))
step('size', () => yesNo(call(bin('size-limit'), [])))
step('end to end', () => {
  const file = join(reports, 'e2e.json')
  const chromium = findChromium()
  const ok = call(bin('playwright'), ['test', '--retries=1'], {
    CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
  return counted(ok, file, (json) => {
    const stats = (json.stats ?? {}) as Record<string, unknown>
    // Two browsers and ten servers share the machine: one more try, and never in silence (docs/decisions.md).
    if (n(stats.flaky) > 0) console.log(`${n(stats.flaky)} passed at the second try only: see "flaky" above.`)
    return {
      passed: n(stats.expected) + n(stats.flaky),
      failed: n(stats.unexpected),
      skipped: n(stats.skipped),
    }
  })
})

console.log('')
for (const { name, count, seconds } of results) {
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
  console.log(
    `${name.padEnd(12)} ${count.passed} passed, ${count.failed} failed${skipped}  (${seconds.toFixed(0)} s)`,
  )
}
const sum = (key: keyof Count) => results.reduce((total, { count }) => total + count[key], 0)
const skipped = sum('skipped')
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(sum('failed') === 0 ? 0 : 1)
