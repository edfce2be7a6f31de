import regularUrl from 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf?url'
import boldUrl from 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf?url'
import { renderAscii } from '../domain/document/ascii'
import { renderHtml } from '../domain/document/html'
import { renderPdf } from '../domain/document/pdf'
import type { PdfFonts } from '../domain/document/pdf-font'
import { renderRtf } from '../domain/document/rtf'
import type { PdfAnswer, PdfTask } from './pdf'

const textForm = { html: renderHtml, rtf: renderRtf, ascii: renderAscii } as const

/** The languages of this country's papers. */
const LETTER: ReadonlySet<string> = new Set(['en', 'en-US', 'es'])

let fonts: Promise<PdfFonts> | undefined

async function loadFonts(): Promise<PdfFonts> {
  const [regular, bold] = await Promise.all([regularUrl, boldUrl].map(loadFile))
  if (regular === undefined || bold === undefined) throw new Error('no fonts')
  return { regular, bold }
}

async function loadFile(url: string): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`font file: status ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

async function render({ id, document, form }: PdfTask): Promise<void> {
  try {
    if (form !== 'pdf') {
      answer({ id, bytes: new TextEncoder().encode(textForm[form](document)) })
      return
    }
    fonts ??= loadFonts()
    const loaded = await fonts
    const paper = LETTER.has(document.language) ? 'letter' : 'a4'
    answer({ id, bytes: renderPdf(document, loaded, paper) })
  } catch (error) {
    fonts = undefined // a font that did not load may load the next time
    answer({ id, message: error instanceof Error ? error.message : 'unknown' })
  }
}

function answer(message: PdfAnswer): void {
  self.postMessage(message, 'bytes' in message ? { transfer: [message.bytes.buffer] } : {})
}

self.addEventListener('message', (event: MessageEvent<PdfTask>) => void render(event.data))
