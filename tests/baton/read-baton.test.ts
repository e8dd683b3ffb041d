/** Exports of batons are read as they are, whatever wrote them; what is no export costs a sentence with its remedy. */
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileOf } from '../../src/baton/baton-file.ts';
import type { Encoding } from '../../src/baton/baton-types.ts';
import { readBaton } from '../../src/baton/read-baton.ts';
import { WordedError } from '../../src/words/worded-error.ts';
import { at, csv, gbk, head, serial, utcOffsetMin, xlsx } from './sheets.ts';

const read = (bytes: Uint8Array | string, encoding?: Encoding) =>
  readBaton(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, { utcOffsetMin, ...(encoding && { encoding }) });
/** The Chinese sentence a file is refused with. */
const refused = async (bytes: Uint8Array | string, encoding?: Encoding): Promise<string> => {
  const error = await read(bytes, encoding).then(
    () => new Error('it was read'),
    (why: unknown) => why,
  );
  if (!(error instanceof WordedError)) throw error;
  return error.why.zh;
};

const first = ['2026-10-01 22:00:37', '03', '张伟', '东门', '', '0F004EBEFC'];
const second = ['2026-10-01 23:10:02', '03', '', '未设置', '', '0F004EC001'];
const told = [
  {
    row: 2,
    sourceTime: at('2026-10-01T22:00:37'),
    reader: '03',
    person: '张伟',
    checkpoint: '东门',
    chip: '0F004EBEFC',
  },
  { row: 3, sourceTime: at('2026-10-01T23:10:02'), reader: '03', chip: '0F004EC001' },
];

describe('an export of a baton', () => {
  const text = csv(head, first, second);
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark in front', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['GBK', gbk(text), 'gb18030'],
    ['two bytes a letter', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
  ] as const)('is read from text in %s', async (_what, bytes, encoding) => {
    expect(await read(bytes)).toEqual({
      ...{ kind: 'csv', encoding, rows: told, doubled: 0, faults: [], faultCount: 0, unread: [] },
    });
  });

  test('is taken for what its header says, though its rows alone would be valid in another encoding', async () => {
    // 夜巡 in GBK is valid UTF-8 for two other letters.
    const bytes = gbk(csv(head, ['2026-10-01 22:00:37', '03', '夜巡', '', '', '0F004EBEFC']));
    expect((await read(bytes)).rows[0]!.person).toBe('夜巡');
  });

  test('is read in the encoding a person chooses', async () => {
    const bytes = gbk(csv(['time', 'chip', 'person'], ['2026-10-01 22:00:37', '1', '夜巡']));
    expect((await read(bytes)).rows[0]!.person).toBe('ҹѲ');
    expect((await read(bytes, 'gb18030')).rows[0]!.person).toBe('夜巡');
    expect(await refused(gbk(text), 'utf-8')).toContain('编码读不通');
  });

  test('is read from a spreadsheet whose times are numbers, to the second', async () => {
    const rows = [head, [serial('2026-10-01T22:00:37'), ...first.slice(1)], [second[0], ...second.slice(1)]];
    const { rows: found, kind } = await read(await xlsx({ 记录: rows }));
    expect(kind).toBe('xlsx');
    expect(found).toEqual(told.map((row) => ({ ...row, sheet: '记录' })));
  });

  test('is read from a spreadsheet whose times are dates', async () => {
    const date = new Date(at('2026-10-01T22:00:37') + utcOffsetMin * 60_000);
    const { rows } = await read(await xlsx({ 记录: [head, [date, ...first.slice(1)]] }));
    expect(rows[0]!.sourceTime).toBe(at('2026-10-01T22:00:37'));
  });

  test('may have titles above, notes below, columns in any order and sheets beside', async () => {
    const rows = [['巡检记录表'], [], ['编号', '序号', '巡更 时间'], ['a1', 1, first[0]], ['合计 1 条']];
    const file = await read(await xlsx({ 说明: [['制表', '张伟']], 记录: rows }));
    expect(file.rows).toEqual([{ row: 4, sheet: '记录', sourceTime: at('2026-10-01T22:00:37'), chip: 'A1' }]);
    expect(file.unread).toEqual(['说明']);
    expect(file.faultCount).toBe(0);
  });

  test('may name its columns in English and part them with tabs or semicolons', async () => {
    for (const by of ['\t', ';', ',']) {
      const file = await read(`Date Time${by}Chip ID${by}Guard\n2026/10/1 22:00${by}0f004ebefc${by}Zhang\n`);
      expect(file.rows).toMatchObject([{ sourceTime: at('2026-10-01T22:00:00'), chip: '0F004EBEFC', person: 'Zhang' }]);
    }
  });

  test('may mix the ends of lines, as a file that somebody edited does', async () => {
    const file = await read(`${csv(head, first)}${second.join(',')}\n${first.with(2, '王芳').join(',')}`);
    expect(file.rows.map(({ row }) => row)).toEqual([2, 3, 4]);
  });

  test('may keep day and clock in two columns, as numbers or text', async () => {
    const day = serial('2026-10-01T00:00:00');
    const clock = serial('2026-10-01T22:00:37') - day;
    const rows = [
      ['日期', '时间', '编号'],
      [day, clock, 'A1'],
      ['2026年10月1日', '下午10:00:37', 'A2'],
    ];
    const times = (await read(await xlsx({ a: rows }))).rows.map((row) => row.sourceTime);
    expect(times).toEqual([at('2026-10-01T22:00:37'), at('2026-10-01T22:00:37')]);
  });

  test.each([
    '2026-10-01 22:00:37',
    '2026/10/1 22:0:37',
    '2026.10.01 22:00:37.250',
    '2026年10月1日 22时00分37秒',
    '2026-10-01T22:00:37',
    '2026-10-01 10:00:37 PM',
    '2026-10-01 下午 10:00:37',
    '20261001220037',
    '46296.9170949',
  ])('may write a time as %s', async (time) => {
    const { rows } = await read(csv(head, [time, ...first.slice(1)]));
    expect(rows[0]!.sourceTime).toBe(at('2026-10-01T22:00:37'));
  });

  test('gives the same touch once: same place, person and minute', async () => {
    const late = ['2026-10-01 22:00:41', ...first.slice(1)];
    const file = await read(csv(head, first, first, late));
    expect(file).toMatchObject({ rows: [{ row: 2 }], doubled: 2 });
    // A file that begins with the newest gives the same.
    expect(await read(csv(head, late, first, first))).toMatchObject({ rows: [{ row: 3 }], doubled: 2 });
  });

  test('keeps two guards at one point in the same minute as two records', async () => {
    const other = [first[0]!, '03', '王芳', ...first.slice(3)];
    expect(await read(csv(head, first, other))).toMatchObject({ rows: [{ row: 2 }, { row: 3 }], doubled: 0 });
  });

  test('lets a row that names the person stand for the same row without him', async () => {
    const blank = [first[0]!, '03', '', ...first.slice(3)];
    expect(await read(csv(head, blank, first))).toMatchObject({ rows: [{ row: 3, person: '张伟' }], doubled: 1 });
  });
});

describe('a long export', () => {
  test('of many Chinese names in many sheets loses no row and no letter', async () => {
    const name = (n: number) => `喆${String.fromCodePoint(0x4e00 + n)}𠮷`;
    const rows = (from: number) =>
      Array.from({ length: 400 }, (_, n) => ['2026-10-01 22:00:37', '03', name(from + n), '', '', 'A1']);
    const days = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`${n + 1}日`, [head, ...rows(n * 400)]]));
    const file = await read(await xlsx(days));
    expect(file.rows.map((row) => row.person)).toEqual(Array.from({ length: 2_000 }, (_, n) => name(n)));
  });
});

describe('a bad row', () => {
  test.each([
    ['2026-02-30 22:00:00', '时间', '2026-02-30'],
    ['2026-10-01 25:00:00', '时间', '25:00'],
    ['10/1/2026 22:00', '时间', '10/1/2026'],
    ['昨晚十点', '时间', '昨晚十点'],
    ['', '时间', '没有写时间'],
  ])('with the time "%s" is told with row, column and what was expected', async (time, _column, found) => {
    const { faults, faultCount, rows } = await read(csv(head, first, [time, ...second.slice(1)]));
    expect(faultCount).toBe(1);
    expect(rows).toHaveLength(1);
    expect(faults).toMatchObject([{ row: 3, column: 'time' }]);
    expect(faults[0]!.why.zh).toContain(found);
    expect(faults[0]!.why.zh).toContain('2026-10-01 22:00:37');
  });

  test('without chip and place, with a chip that is none, with a cell too many', async () => {
    const none = [...first.slice(0, 3), '未设置', '', ''];
    const wrong = [...first.slice(0, 5), 'a b,c'];
    const many = [...first, 'x', 'y'];
    const { faults } = await read(csv(head, none, wrong.with(5, '"a b"'), many));
    expect(faults.map(({ row, column }) => [row, column])).toEqual([
      [2, 'chip'],
      [3, 'chip'],
      [4, 'time'],
    ]);
  });

  test('of a spreadsheet is told with its sheet', async () => {
    const { faults } = await read(await xlsx({ 十月: [head, ['?', ...first.slice(1)]] }));
    expect(faults).toMatchObject([{ row: 2, sheet: '十月' }]);
  });
});

/** An archive whose directory says what it likes. */
function zipOf(parts: readonly { name: string; content: Buffer; said?: number; crc?: number }[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, said = content.length, crc = crc32(content) } of parts) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc, 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(said, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(said, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    local.push(head, Buffer.from(name), packed);
    offset += 30 + name.length + packed.length;
  }
  const tail = Buffer.alloc(22);
  tail.writeUInt32LE(0x06054b50, 0);
  tail.writeUInt16LE(parts.length, 10);
  tail.writeUInt32LE(
    directory.reduce((sum, piece) => sum + piece.length, 0),
    12,
  );
  tail.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...directory, tail]);
}
const book = [
  {
    name: 'xl/workbook.xml',
    content: Buffer.from('<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'),
  },
  { name: 'xl/_rels/workbook.xml.rels', content: Buffer.from('<Relationships/>') },
];
const sheetPart = { name: 'xl/worksheets/sheet1.xml', content: Buffer.from('<worksheet/>') };
const withSheet = (content: Buffer, more: { said?: number; crc?: number } = {}) =>
  zipOf([...book, { name: 'xl/worksheets/sheet1.xml', content, ...more }]);

describe('a file that is no export', () => {
  test.each([
    ['an empty file', '', '文件是空的'],
    ['blank lines', ' \r\n\r\n', '文件是空的'],
    ['a header alone', csv(head), '只有表头'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xls'],
    ['a PDF', '%PDF-1.7', 'PDF'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), '图片'],
    ['a web page called .xls', '<html><table><tr><td>巡检时间', '网页'],
    ['an archive', Buffer.from('526172211a0700', 'hex'), '压缩包'],
    ['an archive of a text', zipOf([{ name: 'a.csv', content: Buffer.from('a') }]), '压缩包'],
    ['a binary Excel file', zipOf([{ name: 'xl/workbook.bin', content: Buffer.from('a') }]), '.xlsb'],
    ['bytes', Buffer.from([1, 2, 3, 0, 5, 6]), '看不出'],
    ['another table', '姓名,电话\n张伟,1\n', '没有找到表头'],
    ['a quotation mark that never closes', `${csv(head, first)}"2026\n`, '第 3 行'],
    ['a letter behind a quotation', `${csv(head, first)}"2026"a,b\n`, '第 3 行'],
    ['letters of no encoding', Buffer.concat([Buffer.from(csv(head)), Buffer.from([0xff, 0xff, 0x30])]), '编码读不通'],
    ['more rows than a file may have', csv(head).padEnd(400_000, '2026,a\n'), '超过 20000 行'],
  ])('%s is refused with a sentence', async (_what, bytes, sentence) => {
    expect(await refused(bytes)).toContain(sentence);
  });

  test('a spreadsheet that was cut off is refused', async () => {
    const whole = await xlsx({ a: [head, first] });
    expect(await refused(whole.subarray(0, whole.length - 30))).toContain('读不完整');
  });

  test('a spreadsheet that unpacks to more than it may, and says so, is refused before it is unpacked', async () => {
    expect(await refused(withSheet(Buffer.alloc(10), { said: 65 * 1_048_576 }))).toContain('64 MB');
    const many = Array.from({ length: 101 }, (_, n) => ({ name: `${n}`, content: Buffer.from('a') }));
    expect(await refused(zipOf(many))).toContain('64 MB');
  });

  test('a spreadsheet that says less than comes out of it is refused as soon as more comes', async () => {
    expect(await refused(withSheet(Buffer.alloc(1_048_576, ' '), { said: 1_000 }))).toContain('64 MB');
  });

  test('a spreadsheet with another check sum than its directory says is refused', async () => {
    expect(await refused(withSheet(Buffer.from('<worksheet/>'), { crc: 1 }))).toContain('读不完整');
  });

  test('a spreadsheet with more rows than a file may have stops at the last one allowed', async () => {
    const rows = '<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(20_001);
    expect(await refused(withSheet(Buffer.from(`<worksheet><sheetData>${rows}</sheetData></worksheet>`)))).toContain(
      '20000',
    );
  });

  test('that takes more memory or time than it is given costs a sentence', async () => {
    const strings = '<si><r><t>a</t></r></si>'.repeat(200_000);
    const fat = zipOf([
      ...book,
      { name: 'xl/sharedStrings.xml', content: Buffer.from(`<sst>${strings}</sst>`) },
      sheetPart,
    ]);
    const within = (mb: number, seconds: number) =>
      readBaton(fat, { utcOffsetMin }, { mb, seconds }).catch((why) => why.why.zh);
    expect(await within(16, 600)).toContain('内存');
    expect(await within(256, 0)).toContain('读了 0 秒');
  });

  test('that is not given whole by the reader is refused, never read in part', async () => {
    // Names with a prefix are valid XML, and the reader passes over them.
    expect(await refused(withSheet(Buffer.from('<x:worksheet><x:row r="1"></x:row></x:worksheet>')))).toContain(
      '读不完整',
    );
  });

  test('no bytes whatever do more than end in records or a sentence', async () => {
    const whole = Buffer.from(await xlsx({ a: [head, first, second] }));
    const text = gbk(csv(head, first, second));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(whole, text, Buffer.from('time,chip\n')),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
        fc.option(fc.nat()),
        async (bytes, changes, cut) => {
          const changed = Buffer.from(bytes);
          for (const [place, byte] of changes) changed[place % changed.length] = byte;
          const file = cut === null ? changed : changed.subarray(0, cut % changed.length);
          const kind = bytes === whole ? 'xlsx' : 'csv';
          const task = { bytes: file, kind, utcOffsetMin, rowsMax: 100 } as const;
          const result = await fileOf(task).catch((why: unknown) => why);
          if (result instanceof WordedError) return;
          expect(result).toHaveProperty('rows');
        },
      ),
      { numRuns: 300 },
    );
  });
});
