import type { Comparison, ComparisonCell, ComparisonRow, PayerComparison } from '../../../domain/crd/compare'
import { CellLines } from './CellLines'

interface Props {
  readonly payer: PayerComparison
  readonly columns: Comparison['columns']
  /** On how this payer was asked. */
  readonly note: string | undefined
}

/** One payer's answers as a list for each way, where a table has no room. */
export const ComparedList = ({ payer, columns, note }: Props) => (
  <section className="stack" aria-label={payer.payerName}>
    <h3>{payer.payerName}</h3>
    {note !== undefined && <p className="soft small">{note}</p>}
    <ul className="plain cmp-list">
      {columns.map(({ key, label }, index) => (
        <li key={key}>
          <h4>{label}</h4>
          <Said rows={payer.rows} index={index} />
        </li>
      ))}
    </ul>
  </section>
)

/** What was said of one way, row by row; what the payer is silent about, there as in the first, in one line. */
function Said({ rows, index }: { readonly rows: readonly ComparisonRow[]; readonly index: number }) {
  const cells = rows.flatMap(({ id, label, cells: all }) => {
    const cell = all[index]
    return cell === undefined ? [] : [{ id, label, cell }]
  })
  const silent = cells.filter(({ cell }) => isSilent(cell))
  return (
    <dl>
      {cells
        .filter(({ cell }) => !isSilent(cell))
        .map(({ id, label, cell }) => (
          <div key={id} data-differs={cell.differs || undefined} data-gap={!cell.isStated || undefined}>
            <dt>{label}</dt>
            <dd>
              <CellLines cell={cell} />
            </dd>
          </div>
        ))}
      {silent.length > 0 && (
        <div data-gap>
          <dt>Not stated</dt>
          <dd>{silent.map(({ label }) => label).join(' · ')}</dd>
        </div>
      )}
    </dl>
  )
}

const isSilent = ({ differs, lines }: ComparisonCell): boolean =>
  !differs && lines.length === 1 && lines[0] === 'Not stated'
