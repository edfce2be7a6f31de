import type { Comparison, PayerComparison } from '../../../domain/crd/compare'
import { CellLines } from './CellLines'

interface Props {
  readonly payer: PayerComparison
  readonly columns: Comparison['columns']
}

/** One payer's answers as a list for each way, where a table has no room. */
export const ComparedList = ({ payer, columns }: Props) => (
  <section className="stack" aria-label={payer.payerName}>
    <h3>{payer.payerName}</h3>
    <ul className="plain cmp-list">
      {columns.map(({ key, label }, index) => (
        <li key={key}>
          <h4>{label}</h4>
          <dl>
            {payer.rows.map((row) => {
              const cell = row.cells[index]
              return (
                cell !== undefined && (
                  <div
                    key={row.id}
                    data-differs={cell.differs || undefined}
                    data-gap={!cell.isStated || undefined}
                  >
                    <dt>{row.label}</dt>
                    <dd>
                      <CellLines cell={cell} />
                    </dd>
                  </div>
                )
              )
            })}
          </dl>
        </li>
      ))}
    </ul>
  </section>
)
