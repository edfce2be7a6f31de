export function Meter(props: { readonly value: number; readonly max: number; readonly label: string }) {
  return (
    <progress className="meter" value={props.value} max={Math.max(props.max, 1)} aria-label={props.label} />
  )
}
