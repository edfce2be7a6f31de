import type { Desk } from '../work'
import { DeskTabs } from './day/DeskTabs'
import { OpenQuestion } from './OpenQuestion'

/** The front desk where the launch names no patient: the appointments of a day, or one question. */
export default function OpenDesk({ desk }: { readonly desk: Desk }) {
  return <DeskTabs desk={desk} question={<OpenQuestion desk={desk} />} />
}
