/** Machines are noisy: what a screen test waits for may take seconds on a busy one. A test that waits in vain only fails later. */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react')
  configure({ asyncUtilTimeout: 8_000 })
}

export {}
