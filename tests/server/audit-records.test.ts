/** The pages that list every record, set by hand: nothing is cut off, whatever a name is like, and each page has its head and number. */
import pdfmake from 'pdfmake';
import { expect, test } from 'vitest';
import type { AuditTable } from '../../src/core/report/audit-book.ts';
import { PrintFonts } from '../../src/paper/print-fonts.ts';
import { RecordPages } from '../../src/server/report/audit-records.ts';
import { pdfPages } from './pdf-text.ts';

/** What stands on the pages after a first one of another kind, as it is copied out, and how many pages there were said to be. */
async function printed(rows: AuditTable['rows']) {
  const fonts = PrintFonts.open(undefined);
  const columns = [
    { title: '序号', kind: 'count', width: 6 },
    { title: '人员', kind: 'text', width: 10 },
  ] as const;
  const pages = new RecordPages({ id: 'rows', title: '明细', columns, rows }, fonts, (lacking) => ({
    page: { width: 200, height: 300, margin: 20 },
    utcOffsetMin: 480,
    foot: fonts.fit('foot'),
    pages: (page, of) => fonts.fit(`${page}/${of}`),
    last: lacking.length === 0 ? undefined : `lacking ${lacking.join(' ')}`,
  }));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => true);
  pdfmake.setFonts(fonts.table());
  const made = pdfmake.createPdf({ content: ['first'], defaultStyle: { font: 'f0' } });
  pages.draw(await made.getStream(), 1, () => undefined);
  const [, ...texts] = pdfPages(await made.getBuffer());
  return { texts: texts.map((text) => text.replace(/\s/g, '')), count: pages.count };
}

test('every row is there in its order, under a head on each page, and each page has its number', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => [i + 1, `卫${i}`] as const);
  const { texts, count } = await printed(rows);
  expect(texts.length).toBe(count);
  expect(count).toBeGreaterThan(2);
  const body = texts.map((text, i) => {
    const head = `${i === 0 ? '明细' : ''}序号人员`;
    const foot = `foot${i + 2}/${count + 1}`;
    expect([text.slice(0, head.length), text.slice(-foot.length)]).toEqual([head, foot]);
    return text.slice(head.length, -foot.length);
  });
  expect(body.join('')).toBe(rows.map(([n, name]) => `${n}${name}`).join(''));
});

test('a name that is wider than its column goes on in the next lines, and one that no font has is listed at the end', async () => {
  const long = '阿卜杜热西提·艾力江·麦麦提敏·吐尔逊'.repeat(3);
  const english = 'Bartholomew Featherstonehaugh the younger';
  const { texts } = await printed([
    [1, long],
    [2, english],
    [3, '𰻝\u{10ffff}'],
  ]);
  expect(texts.join('')).toContain(long);
  expect(texts.join('')).toContain(english.replaceAll(' ', ''));
  expect(texts.join('')).toMatch(/〓.*lackingU\+.*10FFFF/);
});
