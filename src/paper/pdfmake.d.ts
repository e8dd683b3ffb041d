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
    createPdf(document: object): {
      /** The document with its pages, still open. */
      getStream(): Promise<import('pdfmake/js/PDFDocument.js').OpenPdf>;
      getBuffer(): Promise<Buffer>;
    };
  }
  const pdfmake: Pdfmake;
  export default pdfmake;
}

declare module 'pdfmake/js/PDFDocument.js' {
  interface GlyphRun {
    readonly glyphs: readonly object[];
    readonly positions: readonly object[];
    readonly advanceWidth: number;
  }
  export interface EmbeddedFont {
    readonly font?: { hasGlyphForCodePoint(codePoint: number): boolean };
    widthOfString(text: string, size: number): number;
    layoutCached(text: string): GlyphRun;
  }
  interface FontDocument {
    provideFont(name: string, bold: boolean, italics: boolean): EmbeddedFont;
  }
  /** A document of pdfkit that takes more pages. */
  export interface OpenPdf extends FontDocument {
    /** What the library itself sets before it writes. */
    _font: EmbeddedFont;
    addPage(options: { readonly size: readonly [number, number]; readonly margin: number }): OpenPdf;
    fontSize(points: number): OpenPdf;
    text(text: string, x: number, y: number, options: { readonly lineBreak: false }): OpenPdf;
    rect(x: number, y: number, width: number, height: number): OpenPdf;
    moveTo(x: number, y: number): OpenPdf;
    lineTo(x: number, y: number): OpenPdf;
    lineWidth(points: number): OpenPdf;
    fill(color: string): OpenPdf;
    fillColor(color: string): OpenPdf;
    stroke(color: string): OpenPdf;
  }
  const FontDocument: new (fonts: object) => FontDocument;
  export default FontDocument;
}
