import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isObject } from '../src/domain/json'
import { checkSetup } from '../src/domain/setup/check'
import { worstOf } from '../src/domain/setup/finding'
import { setupReport, summary } from '../src/domain/setup/report'
import { relayWorld, siteWorld } from './setup-world'

const USAGE = `npm run check-setup -- --config relay.json [--out FILE]
npm run check-setup -- --config config.json --app https://apps.example.org [--out FILE]`

function stop(message: string): never {
  console.error(message)
  process.exit(2)
}

const { values } = parseArgs({
  options: {
    config: { type: 'string' },
    /** Origin of the app, where no relay.json names it. */
    app: { type: 'string', default: 'http://localhost:5173' },
    /** The same as a file for support. */
    out: { type: 'string' },
    seconds: { type: 'string', default: '10' },
  },
})
const file = values.config ?? stop(USAGE)
const seconds = Number(values.seconds)
if (!(seconds > 0 && seconds <= 120)) stop('--seconds wants a number from 1 to 120.')
if (!URL.canParse(values.app)) stop(`--app wants an origin such as https://apps.example.org.`)

function readJson(): unknown {
  if (!existsSync(file)) stop(`There is no file ${file}.`)
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return stop(`${file} is not JSON.`)
  }
}

const json = readJson()
const limit = { timeoutMs: seconds * 1000, newId: randomUUID }
try {
  // Only a relay's file names the site's.
  const world =
    isObject(json) && typeof json.site === 'string'
      ? await relayWorld(file, limit)
      : siteWorld(json, new URL(values.app).origin, limit)
  const checked = await checkSetup(world)
  const report = setupReport(checked, {
    from: 'command',
    appOrigin: world.appOrigin,
    madeAt: new Date().toISOString(),
  })
  console.log(report)
  if (values.out !== undefined) {
    writeFileSync(values.out, report)
    console.log(`Written to ${values.out}. ${summary(checked)}`)
  }
  process.exit(worstOf(checked.flatMap(({ findings }) => findings)) === 'fail' ? 1 : 0)
} catch (error) {
  stop(error instanceof Error ? error.message : 'It did not work.')
}
