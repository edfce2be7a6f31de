import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from './build'
import { root } from './stack'

// As `serve`: a fresh clone has nothing built yet.
if (!existsSync(join(root, 'dist/index.html'))) await buildApp()
await import('../server/relay/main')
