/**
 * What we use of pdfmake, which brings no types: documents are plain data, checked by looking at what was printed.
 */
declare module 'pdfmake' {
  type Face = string | readonly [path: string, face: string];
  interface Pdfmake {
    setUrlAccessPolicy(allowed: (url: string) => boolean): void;
    setLocalAccessPolicy(allowed: (path: string) => boolean): void;
    setFonts(fonts: Readonly<Record<string, { readonly normal: Face; readonly bold: Face }>>): void;
    setProgressCallback(progress: (share: number) => void): void;
    createPdf(document: object): { getBuffer(): Promise<Buffer> };
  }
  const pdfmake: Pdfmake;
  export default pdfmake;
}

declare module 'pdfmake/js/PDFDocument.js' {
  interface EmbeddedFont {
    readonly font?: { hasGlyphForCodePoint(codePoint: number): boolean };
  }
  interface FontDocument {
    provideFont(name: string, bold: boolean, italics: boolean): EmbeddedFont;
  }
  const made: { readonly default: new (fonts: object) => FontDocument };
  export default made;
}
