import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

GlobalWorkerOptions.workerSrc = workerUrl

/** A PDF to be drawn page by page; its letters are drawn as paths, so that the page loads no font. To be destroyed after use. */
export function openPaper(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({ data: bytes, disableFontFace: true, useWasm: false, useSystemFonts: false }).promise
}

/** Draws a page (from 1) as wide as `width` CSS pixels; resolves with its height to its width. */
export async function drawPage(
  paper: PDFDocumentProxy,
  number: number,
  { canvas, width }: { canvas: HTMLCanvasElement; width: number },
): Promise<number> {
  const page = await paper.getPage(number)
  const plain = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: (width * window.devicePixelRatio) / plain.width })
  canvas.width = Math.round(viewport.width)
  canvas.height = Math.round(viewport.height)
  await page.render({ canvas, viewport }).promise
  return plain.height / plain.width
}
