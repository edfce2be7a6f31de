import type { jsPDF } from 'jspdf'

/** TrueType font files. The fonts that PDF readers bring along know Latin-1 only: "Żółć" would come out wrong. */
export interface PdfFonts {
  readonly regular: Uint8Array
  readonly bold: Uint8Array
}

/** The name that both faces are known by inside the file. */
export const family = 'DejaVuSans'

/** Makes a font file known to the PDF; only the glyphs in use are stored. */
export function embed(pdf: jsPDF, style: 'normal' | 'bold', bytes: Uint8Array): void {
  const file = `${family}-${style}.ttf`
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  pdf.addFileToVFS(file, binary)
  pdf.addFont(file, family, style, undefined, 'Identity-H')
}

/** Both faces must have a character: a heading is bold. */
export function glyphTest(pdf: jsPDF): (codeUnit: number) => boolean {
  const faces = (['normal', 'bold'] as const).map((style): unknown => {
    pdf.setFont(family, style)
    return pdf.getFont().metadata
  })
  return (codeUnit) =>
    faces.every(
      (face) =>
        typeof face === 'object' &&
        face !== null &&
        'characterToGlyph' in face &&
        typeof face.characterToGlyph === 'function' &&
        face.characterToGlyph(codeUnit) > 0,
    )
}

/**
 * Right-to-left names in their visual order. By default jsPDF takes what it is given for visual already and turns "Levi" beside a
 * Hebrew name into "iveL".
 */
export function orderText(pdf: jsPDF): void {
  pdf.internal.events.subscribe('preProcessText', (payload: { options?: object }) => {
    payload.options = {
      ...payload.options,
      isInputVisual: false,
      isInputRtl: false,
      isOutputVisual: true,
      isOutputRtl: false,
    }
  })
}
