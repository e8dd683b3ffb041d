/**
 * CSV as WPS and Excel open it rightly: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would run as a
 * formula. Everything that leaves the gateway as a table goes through here.
 */

/** What a file begins with, so that a spreadsheet takes it for UTF-8. */
export const BOM = '\uFEFF';

/** One cell. A text that starts like a formula gets an apostrophe in front; numbers stay numbers. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : JSON.stringify(value);
  const text = /^[\s\u200B-\u200D\u2060\uFEFF]*[=+\-@\t\r\n＝＋－＠]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row with its end. */
export const row = (values: readonly unknown[]): string => `${values.map(cell).join(',')}\r\n`;
