/**
 * What the page says where files of patrol batons are looked at, taken in and undone.
 */
import type { Words } from '../words.ts';

export const imports = {
  importIntro: {
    zh: '从巡更软件导出 Excel（.xlsx）或 CSV，选文件后先预览，确认无误再导入。同一文件重复导入不会重复计数，导入后可以撤销。',
    en: 'Export to Excel (.xlsx) or CSV from the baton program and choose the file. It is shown first and taken in only when you say so. The same file twice counts once, and an import can be undone.',
  },
  importChoose: { zh: '选择文件', en: 'Choose a file' },
  importReading: { zh: '正在读取 {file} …', en: 'Reading {file} …' },
  importTaking: { zh: '正在导入 {file} …', en: 'Taking in {file} …' },
  importRows: { zh: '打点记录', en: 'Touches' },
  importFresh: { zh: '其中新的', en: 'of them new' },
  importFreshNote: {
    zh: '其余 {known} 条已经有了，不会重复计数',
    en: 'The other {known} are known already and count once',
  },
  importDoubled: { zh: '文件内重复 {n} 行，已合并', en: 'Rows that stand twice in the file, merged: {n}' },
  importSpan: { zh: '时间', en: 'Time' },
  importSpanOf: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  importEncoding: { zh: '文字编码', en: 'Encoding' },
  importEncodingNote: { zh: '人名显示成乱码时，换一种编码再看', en: 'If names look wrong, try the other one' },
  importPlaces: { zh: '巡检点', en: 'Checkpoints' },
  importPeople: { zh: '人员', en: 'People' },
  importSaid: { zh: '文件里写的', en: 'As the file says' },
  importMeans: { zh: '本校的', en: 'At this school' },
  importCount: { zh: '次数', en: 'Times' },
  importUnknownPlace: {
    zh: '配置里没有这个编号；记录照样保留，但不算到任何巡更点',
    en: 'No checkpoint has this chip; the touches are kept and count for none',
  },
  importUnknownPerson: { zh: '配置里没有这个人', en: 'Nobody of this name is configured' },
  importNobody: { zh: '文件里没有写人员', en: 'The file names nobody' },
  importUnread: { zh: '没有表头、没有读的工作表：{sheets}', en: 'Sheets without a header, not read: {sheets}' },
  importFaults: {
    zh: '读不通的行（{n}），整个文件不能导入',
    en: 'Rows that cannot be read ({n}): the file cannot be taken in',
  },
  importRow: { zh: '行', en: 'Row' },
  importColumn: { zh: '列', en: 'Column' },
  importWhy: { zh: '问题', en: 'What is wrong' },
  importMore: { zh: '还有 {n} 行没有列出', en: 'and {n} more' },
  importNow: { zh: '导入 {n} 条', en: 'Take in {n}' },
  importCancel: { zh: '不导入', en: 'Do not take it in' },
  importKnown: {
    zh: '这个文件已经导入过，再导入不会有变化',
    en: 'This file was taken in already; again it would change nothing',
  },
  importNothing: {
    zh: '文件里的记录都已经有了，不需要导入',
    en: 'All touches of the file are known; there is nothing to take in',
  },
  importDone: {
    zh: '已导入 {file}：新记录 {taken} 条，已有 {known} 条。相关巡更班次已重新判定',
    en: 'Taken in: {file}, new {taken}, known {known}. The rounds concerned are judged anew',
  },
  importPast: { zh: '已导入的文件（近五周）', en: 'Files taken in (last five weeks)' },
  importNone: { zh: '近五周没有导入过文件', en: 'No file was taken in during the last five weeks' },
  importFile: { zh: '文件', en: 'File' },
  importAt: { zh: '导入时间', en: 'Taken in' },
  importBy: { zh: '导入人', en: 'By' },
  importUndo: { zh: '撤销', en: 'Undo' },
  importUndoSure: { zh: '再按一次撤销 {taken} 条', en: 'Press again: undo {taken}' },
} as const satisfies Record<string, Words>;

/** What encodings are called where a person chooses one. */
export const encodingNames: Readonly<Record<string, Words>> = {
  'utf-8': { zh: '通用编码（UTF-8）', en: 'UTF-8' },
  gb18030: { zh: '国标（GBK / GB18030）', en: 'Chinese (GBK / GB18030)' },
  'utf-16le': { zh: '双字节编码（UTF-16）', en: 'Unicode (UTF-16)' },
};
