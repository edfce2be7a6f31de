import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

/**
 * A Chromium for the tests: the CHROMIUM variable, one on the PATH, one that Playwright has already; else Playwright's download,
 * else apt (root on Debian). Throws with what to install.
 */
export function findChromium(): string {
  const given = process.env.CHROMIUM
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given
    throw new Error(`CHROMIUM names ${given}, which does not exist.`)
  }
  return there() ?? downloaded() ?? fromApt() ?? nothing()
}

function there(): string | undefined {
  const onPath = NAMES.map(which).find((path) => path !== undefined)
  const onMac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  const own = chromium.executablePath()
  return onPath ?? [onMac, own].find((path) => existsSync(path))
}

function which(name: string): string | undefined {
  try {
    const finder = process.platform === 'win32' ? 'where' : 'which'
    return execFileSync(finder, [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .split('\n')[0]
  } catch {
    return undefined
  }
}

function downloaded(): string | undefined {
  console.log('No Chromium here; trying Playwright’s own …')
  spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: 120_000,
    shell: process.platform === 'win32',
  })
  return there()
}

function fromApt(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined
  console.log('Trying apt-get install chromium …')
  spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', timeout: 180_000 })
  spawnSync('apt-get', ['install', '-y', '-q', 'chromium'], {
    stdio: 'ignore',
    timeout: 400_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return there()
}

function nothing(): never {
  throw new Error(
    'No Chromium was found. Install Chromium or Chrome, or set CHROMIUM to its program, and run npm test again.',
  )
}
