import { useQuery } from '@tanstack/react-query'
import type { PayerAnswer } from '../../domain/crd/ask'
import { givenWords, type PayerRead } from '../../domain/payer-reads'
import { Disclosure } from '../../ui'
import { useWork } from '../work'

/** A payer may read this long after it was asked (CRD found-22), and answers before that; milliseconds. */
const READS_END_MS = 35_000
const AGAIN_MS = 5_000

/** What the payer fetched of what was sent, where the site's relay lets it (CRD found-20 to found-22). Nothing where it read nothing. */
export function PayerReads({ answer }: { readonly answer: PayerAnswer }) {
  const { ports, session } = useWork()
  const { payerReads } = ports
  const { hookInstance, endedAt, payer } = answer
  const reads = useQuery({
    queryKey: ['payer-reads', session.key, hookInstance],
    queryFn: async (): Promise<readonly PayerRead[]> => {
      const found = await payerReads?.(hookInstance ?? '')
      return found?.ok === true ? found.value : []
    },
    enabled: payerReads !== undefined && hookInstance !== undefined,
    // Asks this site's relay, and never the payer.
    refetchInterval: () => (ports.clock.now() - endedAt < READS_END_MS ? AGAIN_MS : false),
  })
  const given = (reads.data ?? []).filter(({ resources }) => resources.length > 0)
  if (given.length === 0) return null
  const count = new Set(given.flatMap(({ resources }) => resources)).size
  const records = count === 1 ? '1 record' : `${count} records`
  return (
    <Disclosure summary={`${payer?.name ?? 'The payer'} read ${records} of what was sent`}>
      <ul className="wi-sent">
        {givenWords(given).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="small soft">
        It had 30 seconds, could read nothing else, and got no access to the chart.
      </p>
    </Disclosure>
  )
}
