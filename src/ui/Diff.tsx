export interface DiffRow {
  readonly label: string
  readonly before: string
  readonly after: string
}

interface Props {
  readonly rows: readonly DiffRow[]
  readonly beforeName: string
  readonly afterName: string
}

/** Before and after, in words, as a table that reads out. */
export function Diff({ rows, beforeName, afterName }: Props) {
  return (
    <table className="diff">
      <thead>
        <tr>
          <td />
          <th scope="col">{beforeName}</th>
          <th scope="col">{afterName}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            <td>{row.before}</td>
            <td>{row.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
