/**
 * One neutral document model. PDF, HTML, text and print are made from it, so that every form carries the same facts.
 * All text is plain: renderers escape it.
 */
export interface ClinicalDocument {
  readonly title: string
  /** BCP 47. */
  readonly language: string
  /** Repeated on every page. */
  readonly patient: DocumentPatient
  /** Repeated on every page, e.g. "Outside records, not verified". */
  readonly warning: string
  /** Repeated on every page and part: who the content comes from, e.g. "Acme Health, member id M-1". Absent where that is nobody else. */
  readonly source?: string
  /** When it was made: ISO instant with its offset, e.g. "2026-11-20T10:32:00-05:00". Renderers show it on every page. */
  readonly madeAt: string
  /** "Payer: Acme Health", "Asked by: …", … */
  readonly facts: readonly DocumentFact[]
  readonly sections: readonly DocumentSection[]
  readonly notices: readonly string[]
  /** For a document that is not in English: what PDF, print and text say around it. The forms that go into charts are English. */
  readonly frame?: DocumentFrame
}

/** Labels in a document's own language. Data alone: a document is handed to a worker. */
export interface DocumentFrame {
  readonly patient: string
  readonly born: string
  readonly gender: string
  readonly identifier: string
  readonly made: string
  /** When it was made, as it is read, with its zone. */
  readonly madeAt: string
  /** "Page {page} of {pages}". */
  readonly page: string
  readonly notes: string
}

export interface DocumentPatient {
  readonly name: string
  /** As shown, e.g. "14 Jul 1965"; "Not known" where it is not. */
  readonly born: string
  readonly gender: string
  /** With what it is: "MRN 0045-1187". */
  readonly identifier: string
}

interface DocumentFact {
  readonly label: string
  readonly value: string
  /** BCP 47: of the value, where it is not the document's. */
  readonly language?: string
}

export interface DocumentSection {
  readonly title: string
  /** BCP 47: of its paragraphs and of what stands beside a row's first cell, where it is not the document's. */
  readonly language?: string
  /** Column headings; may be empty for plain paragraphs. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly paragraphs: readonly string[]
}
