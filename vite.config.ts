import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// fhirclient resolves to its Node entry under Vitest, and to polyfills for old browsers unless it is told that this build is "pure".
const fhirclient = 'fhirclient/lib/entry/browser.js'

/** `npm run dev -- --port N`: the sandbox's configuration with its moved ports, in place of the one in public/. */
const sandboxConfig: Plugin = {
  name: 'sandbox-config',
  configureServer(server) {
    const file = process.env.BEFOREHAND_CONFIG
    if (file === undefined) return
    server.middlewares.use('/config.json', (_, response) => {
      response.setHeader('Content-Type', 'application/json')
      response.end(readFileSync(file))
    })
  },
}

export default defineConfig({
  plugins: [react(), sandboxConfig],
  // Relative: the app may be served below any path.
  base: './',
  define: { FHIRCLIENT_PURE: 'true' },
  resolve: {
    alias: {
      fhirclient,
      // fhirclient would write token responses to the console of whoever sets localStorage.debug.
      debug: 'silent-debug',
      // jsPDF's ways from HTML, which we do not go.
      canvg: 'silent-debug',
      html2canvas: 'silent-debug',
      dompurify: 'silent-debug',
    },
  },
  worker: { format: 'es' },
  // No inlined assets: the Content-Security-Policy has no data: for scripts or fonts.
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    modulePreload: { polyfill: false },
    manifest: true,
    // What several tasks share, in few chunks: small ones cost more than they save.
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'vendor',
              // Several queries at once are of the front desk alone: with its own chunk they go.
              test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(query-core|react-query))\/(?!.*queries(Observer)?\.)/i,
            },
            {
              name: 'ui',
              test: /src\/ui\/(Button|Field|Panel|StateTag|ErrorSummary|Disclosure|Skeleton|Ribbon|announce)\./,
            },
            { name: 'asking', test: /src\/features\/asking\/(?!ask-engine|ComboBox|TypedCode\.)/ },
          ],
        },
      },
    },
  },
  server: { port: 5173, strictPort: true },
  test: {
    include: ['{src,sandbox,server,scripts}/**/*.test.{ts,tsx}'],
    setupFiles: ['scripts/patience.ts'],
    passWithNoTests: false,
    restoreMocks: true,
    testTimeout: 20_000,
    // Otherwise one less than there are processors: on two of them, one.
    maxWorkers: '100%',
    reporters: ['default'],
  },
})
