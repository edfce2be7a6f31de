/** File name without PHI: "outside-records-2026-11-20.pdf". `madeAt` is an ISO instant. */
export const fileName = (
  what: 'outside-records' | 'report',
  madeAt: string,
  ending: 'pdf' | 'json' | 'html' | 'rtf' | 'txt',
): string => `${what}-${/^\d{4}-\d{2}-\d{2}/.exec(madeAt)?.[0] ?? 'undated'}.${ending}`
