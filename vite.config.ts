import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// fhirclient resolves to its Node entry under Vitest, and to polyfills for old browsers unless it is told that this build is "pure".
const fhirclient = 'fhirclient/lib/entry/browser.js'

export default defineConfig({
  plugins: [react()],
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
  },
  server: { port: 5173, strictPort: true },
  test: {
    include: ['{src,sandbox,server,scripts}/**/*.test.{ts,tsx}'],
    passWithNoTests: false,
    restoreMocks: true,
    testTimeout: 20_000,
    reporters: ['default'],
  },
})
