import type { ComparisonCell } from '../../../domain/crd/compare'

/** What stands in a cell, each statement on a line; a difference is marked by a sign and read out, never by colour alone (U8). */
export const CellLines = ({ cell }: { readonly cell: ComparisonCell }) => (
  <>
    {cell.differs && (
      <>
        <span className="cmp-sign" aria-hidden="true">
          ≠
        </span>
        <span className="visually-hidden">Differs: </span>
      </>
    )}
    {cell.lines.map((line, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines of a cell never move
      <span key={index} className="cmp-line">
        {line}
      </span>
    ))}
  </>
)
