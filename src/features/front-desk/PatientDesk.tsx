import { missingRights } from '../../domain/front-desk/day-rights'
import { useWork } from '../work'
import { DeskTabs } from './day/DeskTabs'
import FrontDesk from './FrontDesk'

/** The front desk of a launch for one patient. The day's list is offered where the user may read it at all. */
export default function PatientDesk() {
  const work = useWork()
  if (missingRights(work.session.scopes).length > 0) return <FrontDesk />
  return <DeskTabs desk={work} question={<FrontDesk />} />
}
