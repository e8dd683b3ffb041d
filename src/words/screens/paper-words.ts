/** What stands around the tables of any report, and why none was made. */
import type { Words } from '../words.ts';

export const paperWords = {
  basis: { zh: '口径与校验', en: 'Definitions and proof' },
} as const satisfies Readonly<Record<string, Words>>;

export const reportsBusy: Words = {
  zh: '正在打印的报表太多，请过一分钟再取。',
  en: 'Too many reports are being printed; ask again in a minute.',
};
