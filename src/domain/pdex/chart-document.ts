import type { ClinicalDocument } from '../document/document'
import type { HistoryRecord } from './record'
import type { WriteContext } from './write-plan'

/** Records as one document, by clinical section. */
export declare function chartDocument(
  records: readonly HistoryRecord[],
  context: WriteContext,
): ClinicalDocument
