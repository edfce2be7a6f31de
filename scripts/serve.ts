import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from './build'
import { root } from './stack'

// A fresh clone has nothing built yet; later `npm run build` says when to build anew.
if (!existsSync(join(root, 'dist/index.html'))) await buildApp()
await import('../server/serve')
