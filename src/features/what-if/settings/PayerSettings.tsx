import { useQuery } from '@tanstack/react-query'
import { serviceFor } from '../../../domain/crd/adapter'
import { configurationKey } from '../../../domain/crd/configuration'
import { type HookName, hooks } from '../../../domain/crd/hooks'
import type { Payer } from '../../../domain/payer-directory'
import { Notice, ProblemNotice, Skeleton } from '../../../ui'
import { ONCE } from '../../asking/once'
import { useWork } from '../../work'
import { Options } from './Options'
import { useUserDigest } from './use-configuration'
import './settings.css'

interface Props {
  readonly payer: Payer
  readonly hook: HookName
  /** Told of every change: what was prepared before carries the old choice. */
  readonly onChanged: () => void
}

/** What a payer may answer with: the configuration options of its service for this kind of question (CRD dev-11). */
export default function PayerSettings({ payer, hook, onChanged }: Props) {
  const { ports, session, site } = useWork()
  const user = useUserDigest()
  const discovery = useQuery({
    queryKey: ['what-if', session.key, 'options', payer.id],
    queryFn: ({ signal }) => ports.cds.discover(payer, { signal }),
    ...ONCE,
  })
  const isFetching = discovery.isFetching || user.isFetching
  if (user.isError || discovery.isError)
    return (
      <Notice tone="no" title="This browser could not work out whose settings these are.">
        <p>Nothing was changed. Questions go out with what {payer.name} does by itself.</p>
      </Notice>
    )
  if (discovery.data === undefined || user.data === undefined || (isFetching && !discovery.data.ok))
    return <Skeleton lines={5} label={`Asking ${payer.name} what it offers`} />
  if (!discovery.data.ok)
    return (
      <ProblemNotice
        problem={discovery.data.problem}
        notDone="Nothing can be set until it says what it offers. Nothing about the patient was sent."
        phone={payer.phone}
        technicalDetails={site.policy.technicalDetails}
        onRetry={() => void discovery.refetch()}
      />
    )
  const service = serviceFor(discovery.data.value, hook)
  if (service === undefined)
    return (
      <p>
        {payer.name} answers no questions of the kind “{hooks[hook].label}”, so there is nothing to set.
      </p>
    )
  const key = configurationKey(user.data, payer.id, hook)
  return <Options key={key} storedAs={key} payerName={payer.name} service={service} onChanged={onChanged} />
}
