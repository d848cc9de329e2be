// pdfmake 0.3 brings no types; these are the parts the report uses.
declare module 'pdfmake' {
  interface FontFiles {
    normal: string
    bold: string
  }

  interface PdfMaker {
    /** Files in memory, for all documents. */
    readonly virtualfs: { writeFileSync(name: string, content: Uint8Array): void }
    setFonts(fonts: Record<string, FontFiles>): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    createPdf(definition: object): { getBuffer(): Promise<Uint8Array> }
  }

  const pdfmake: PdfMaker
  export = pdfmake
}
