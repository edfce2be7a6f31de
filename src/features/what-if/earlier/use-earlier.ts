import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { auditKey } from '../../../domain/audit-key'
import { ONCE } from '../../asking/once'
import { useWork } from '../../work'

/** This patient's earlier answers, read anew each time the screen is shown and whenever one more is kept. */
export function useEarlier(isShown: boolean) {
  const { ports, session } = useWork()
  const list = useQuery({
    queryKey: auditKey(session.key),
    queryFn: () => ports.audit.list(session.patientId),
    enabled: isShown,
    ...ONCE,
  })
  const { refetch } = list
  useEffect(() => {
    if (isShown) void refetch({ cancelRefetch: false })
  }, [isShown, refetch])
  return list
}
