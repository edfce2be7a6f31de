import { build } from 'vite'
import { root } from './stack'

/** Builds the app into dist/. */
export async function buildApp(): Promise<void> {
  await build({ root, logLevel: 'warn' })
}

if (process.argv[1]?.endsWith('build.ts')) await buildApp()
