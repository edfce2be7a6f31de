/** How every read here is done: once, when it is needed; nothing behind the user's back (payer calls are disclosures, chart reads are logged). */
export const ONCE = {
  retry: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  refetchOnMount: false,
  staleTime: Number.POSITIVE_INFINITY,
} as const
