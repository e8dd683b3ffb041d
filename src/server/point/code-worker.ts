/**
 * The thread that prints the sheet of checkpoint codes and ends: to load the fonts takes a second of a processor, during which the
 * gateway has to go on. It is given titles and codes and gives back a PDF.
 */
import { parentPort, workerData } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import type { AuditLang } from '../../core/report/audit-book.ts';
import type { Words } from '../../core/types.ts';
import { PrintFonts } from '../../paper/print-fonts.ts';
import { sheetNote, sheetTitle } from '../../words/patrol/point-words.ts';
import { reportFailed } from '../../words/screens/audit-words.ts';
import { WordedError } from '../../words/worded-error.ts';

export interface CodeOrder {
  readonly lang: AuditLang;
  readonly school: Words;
  readonly codes: readonly { readonly title: Words; readonly code: string }[];
  /** The setting `reports.font`. */
  readonly font?: string;
}
export type FromCodes = { readonly file: Uint8Array } | { readonly error: Words; readonly inside?: string };

/** Codes in a row, points of a code, and space around it: three of 5.5 cm on A4. */
const across = 3;
const fit = 156;

async function printed({ lang, school, codes, font }: CodeOrder): Promise<Uint8Array> {
  const fonts = PrintFonts.open(font);
  const cells = codes.map(({ title, code }) => ({
    stack: [
      { text: fonts.fit(title[lang]), fontSize: 13, margin: [0, 4, 0, 4] },
      // The most that a sheet can lose and still be read.
      { qr: code, fit, eccLevel: 'Q' },
      { text: fonts.fit(code), fontSize: 7.5, margin: [0, 4, 0, 4] },
    ],
    alignment: 'center',
  }));
  const rows: object[][] = [];
  for (let i = 0; i < cells.length; i += across) {
    const row: object[] = cells.slice(i, i + across);
    rows.push([...row, ...Array.from({ length: across - row.length }, () => ({ text: '' }))]);
  }
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  pdfmake.setFonts(fonts.table());
  return pdfmake
    .createPdf({
      info: { title: sheetTitle[lang] },
      pageSize: 'A4',
      pageMargins: [28, 28, 28, 28],
      defaultStyle: { font: 'f0', fontSize: 9 },
      content: [
        { text: fonts.fit(`${school[lang]}  ${sheetTitle[lang]}`), fontSize: 15 },
        { text: fonts.fit(sheetNote[lang]), margin: [0, 4, 0, 8] },
        { table: { dontBreakRows: true, widths: Array.from({ length: across }, () => '*'), body: rows } },
      ],
    })
    .getBuffer();
}

const port = parentPort;
if (!port) throw new Error('this file is a worker thread of the reports');
const say = (what: FromCodes) => port.postMessage(what);
printed(workerData as CodeOrder)
  .then(
    (file) => say({ file }),
    (error: unknown) => {
      const worded = error instanceof WordedError;
      say({ error: worded ? error.why : reportFailed, ...(!worded && { inside: String(error) }) });
    },
  )
  .finally(() => port.close());
