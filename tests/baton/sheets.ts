/** Files as baton programs export them, made anew for each test: text in any encoding, and spreadsheets. */
import exceljs from 'exceljs';

/** The school's clock. */
export const utcOffsetMin = 480;
export const head = ['巡检时间', '巡检器', '人员', '巡检点', '事件', '编号'];

/** The letters of GBK, from the decoder that Node has: two bytes each. */
const gbkTable = new Map<string, readonly [number, number]>();
for (let high = 0x81; high <= 0xfe; high++)
  for (let low = 0x40; low <= 0xfe; low++) {
    const letter = new TextDecoder('gb18030').decode(Uint8Array.of(high, low));
    if (letter.length === 1 && letter !== '\ufffd' && !gbkTable.has(letter)) gbkTable.set(letter, [high, low]);
  }

/** A text in GBK. */
export function gbk(text: string): Buffer {
  return Buffer.from([...text].flatMap((c) => (c.charCodeAt(0) < 0x80 ? [c.charCodeAt(0)] : [...gbkTable.get(c)!])));
}

export const csv = (...rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.join(',')}\r\n`).join('');

/** A spreadsheet of these sheets. */
export async function xlsx(sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(name);
    for (const row of rows) sheet.addRow([...row]);
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A local time of the school as the serial number a spreadsheet keeps. */
export const serial = (local: string): number => Date.parse(`${local}Z`) / 86_400_000 + 25_569;
/** A local time of the school. */
export const at = (local: string): number => Date.parse(`${local}+08:00`);
