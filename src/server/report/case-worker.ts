/**
 * The thread that prints the time line of one incident and ends. It is given plain data and gives back a file; it knows neither gateway nor
 * journal.
 */
import { parentPort, workerData } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import type { Words } from '../../core/types.ts';
import { PrintFonts } from '../../paper/print-fonts.ts';
import { caseFailed, caseHeads, caseStills, caseTimeline, caseTitle } from '../../words/proof/case-words.ts';
import { lacksGlyphs } from '../../words/screens/audit-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { CaseSheet } from './case-paper.ts';

export interface CaseOrder {
  readonly sheet: CaseSheet;
  /** The setting `reports.font`. */
  readonly font?: string;
}
export type FromCase = { readonly file: Uint8Array } | { readonly error: Words; readonly inside?: string };

const grey = '#444444';
const layout = {
  hLineWidth: () => 0.4,
  vLineWidth: () => 0,
  hLineColor: () => '#888888',
  fillColor: (row: number) => (row === 0 ? '#e4e7e9' : null),
};

function documentOf(
  { school, incident, made, alarms, rows, stills, note, proof }: CaseSheet,
  fonts: PrintFonts,
): object {
  const text = (one: string, more: object = {}) => ({ text: fonts.fit(one), ...more });
  const both = ({ zh, en }: Words) => ({ stack: [text(zh), text(en, { color: grey, fontSize: 8 })] });
  const head = (...words: readonly Words[]) => words.map(({ zh, en }) => text(`${zh} ${en}`, { fontSize: 8 }));
  const table = (widths: readonly (number | string)[], body: readonly (readonly object[])[]) => ({
    table: { headerRows: 1, dontBreakRows: true, widths, body },
    layout,
  });
  const section = ({ zh, en }: Words) => text(`${zh}  ${en}`, { fontSize: 12, margin: [0, 14, 0, 4] });
  const h = caseHeads;
  const title = `${caseTitle.zh}  ${caseTitle.en}  #${incident}`;
  const content = [
    text(`${school.zh}  ${school.en}`, { fontSize: 11 }),
    text(title, { fontSize: 18, margin: [0, 2, 0, 2] }),
    text(`${h.made.zh} ${h.made.en}: ${made}`, { color: grey, margin: [0, 0, 0, 8] }),
    table(
      [60, '*', 110, 50],
      [
        head(h.alarm, h.place, h.raised, h.priority),
        ...alarms.map(({ id, title: what, at, priority }) => [
          text(`#${id}`),
          both(what),
          text(at),
          text(`${priority}`),
        ]),
      ],
    ),
    {
      unbreakable: true,
      margin: [0, 12, 0, 0],
      columns: [
        { qr: note, fit: 124, width: 132 },
        { width: '*', stack: [both(proof)] },
      ],
    },
    section(caseTimeline),
    table(
      [100, 50, '*'],
      [head(h.time, h.record, h.told), ...rows.map(({ seq, at, told }) => [text(at), text(`${seq}`), both(told)])],
    ),
    ...(stills.length === 0
      ? []
      : [
          section(caseStills),
          table(
            ['*'],
            [
              head(h.still),
              ...stills.map(({ name, sha256, said }) => [
                { stack: [text(name), text(`SHA-256 ${sha256}`, { fontSize: 7 }), both(said)] },
              ]),
            ],
          ),
        ]),
  ];
  const lacking = fonts.lacking();
  const more = lacking.length === 0 ? [] : [text(`${lacksGlyphs.zh}${lacking.join(' ')}`, { margin: [0, 10] })];
  return {
    info: { title },
    pageSize: 'A4',
    pageMargins: [36, 32, 36, 36],
    defaultStyle: { font: 'f0', fontSize: 9 },
    footer: (page: number, of: number) => text(`#${incident}  ${page} / ${of}`, { margin: [36, 8], fontSize: 8 }),
    content: [...content, ...more],
  };
}

async function printed({ sheet, font }: CaseOrder): Promise<Uint8Array> {
  const fonts = PrintFonts.open(font);
  const document = documentOf(sheet, fonts);
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  pdfmake.setFonts(fonts.table());
  return pdfmake.createPdf(document).getBuffer();
}

const say = (what: FromCase) => parentPort?.postMessage(what);
printed(workerData as CaseOrder).then(
  (file) => say({ file }),
  (error: unknown) => {
    const worded = error instanceof WordedError;
    say({ error: worded ? error.why : caseFailed, ...(!worded && { inside: String(error) }) });
  },
);
