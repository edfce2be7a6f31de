import type { DocumentSection } from '../document/document'
import { sectionHtml } from '../document/html'

/** A section as FHIR narrative: XHTML without style, script or link. All text is escaped. */
export const documentHtml = (section: DocumentSection): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml">${sectionHtml(section)}</div>`
