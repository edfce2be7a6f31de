import './timeline-switch.css'

export type RecordsView = 'sections' | 'timeline'

const VIEWS: readonly { readonly view: RecordsView; readonly label: string }[] = [
  { view: 'sections', label: 'By section' },
  { view: 'timeline', label: 'Timeline' },
]

/** The same records, in another order. What is selected stays. */
export function TimelineSwitch({
  view,
  onView,
}: {
  readonly view: RecordsView
  readonly onView: (view: RecordsView) => void
}) {
  return (
    <fieldset className="tl-switch">
      <legend className="visually-hidden">Show the records</legend>
      {VIEWS.map((each) => (
        <label key={each.view}>
          <input
            type="radio"
            name="mh-view"
            checked={view === each.view}
            onChange={() => onView(each.view)}
          />
          {each.label}
        </label>
      ))}
    </fieldset>
  )
}
