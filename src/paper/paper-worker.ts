/** The thread that prints one report and ends. It is given the report whole and gives back the file; it knows neither gateway nor journal. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Words } from '../core/types.ts';
import { reportFailed } from '../words/screens/audit-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { paperPdf } from './paper-pdf.ts';
import { PrintFonts } from './print-fonts.ts';
import type { TablePaper } from './table-paper.ts';

export interface PaperOrder {
  readonly paper: TablePaper;
  /** The setting `reports.font`. */
  readonly font?: string;
}
export type FromPaper = { readonly file: Uint8Array } | { readonly error: Words; readonly inside?: string };

const port = parentPort;
if (!port) throw new Error('this file is a worker thread of the reports');
const { paper, font } = workerData as PaperOrder;
const made = async () => await paperPdf(paper, PrintFonts.open(font));
void made()
  .then(
    (file): FromPaper => ({ file }),
    (error: unknown): FromPaper =>
      error instanceof WordedError ? { error: error.why } : { error: reportFailed, inside: String(error) },
  )
  .then((answer) => {
    port.postMessage(answer);
    port.close();
  });
