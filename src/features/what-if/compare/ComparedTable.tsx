import type { Comparison, PayerComparison } from '../../../domain/crd/compare'
import { CellLines } from './CellLines'

interface Props {
  readonly payer: PayerComparison
  readonly columns: Comparison['columns']
  /** On how this payer was asked. */
  readonly note: string | undefined
}

/** One payer's answers as a table with headers on both sides. */
export const ComparedTable = ({ payer, columns, note }: Props) => (
  <div className="cmp-payer">
    <h3>{payer.payerName}</h3>
    {note !== undefined && <p className="soft small">{note}</p>}
    <table className="cmp-table" aria-label={payer.payerName}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">About</span>
          </th>
          {columns.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {payer.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.label}</th>
            {row.cells.map((cell, index) => (
              <td
                key={columns[index]?.key}
                data-differs={cell.differs || undefined}
                data-gap={!cell.isStated || undefined}
              >
                <CellLines cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
