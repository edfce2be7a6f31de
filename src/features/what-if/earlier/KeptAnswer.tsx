import { useMemo } from 'react'
import type { InvocationRecord } from '../../../domain/audit'
import { Notice } from '../../../ui'
import { useWork } from '../../work'
import GivenAnswer from '../GivenAnswer'
import { keptAnswered } from './kept-answered'

/** A kept answer laid out as it was then, with its documents and links, and without the ways to go on from it. */
export function KeptAnswer({ record }: { readonly record: InvocationRecord }) {
  const { site } = useWork()
  const answered = useMemo(() => keptAnswered(record, site.payers), [record, site])
  if (!answered.ok)
    return (
      <Notice tone="no" title="What the payer answered can no longer be laid out.">
        <p>It stands below to the letter.</p>
      </Notice>
    )
  return <GivenAnswer readOnly answered={answered.value} />
}
