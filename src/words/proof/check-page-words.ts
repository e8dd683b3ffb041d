/**
 * What the page says that checks exported records: for a parent, a lawyer or an officer who has never seen a gateway.
 */
import type { Words } from '../../core/types.ts';

export const checkPageSaid: Readonly<Record<string, Words>> = {
  pageTitle: { zh: '这些记录被改过吗？', en: 'Were these records altered?' },
  pagePick: {
    zh: '选择（或拖入）学校给您的整个文件夹或压缩包。本页不联网，文件不会离开这台电脑。',
    en: 'Choose (or drop here) the folder or archive that the school gave you. This page uses no network; nothing leaves this computer.',
  },
  pageFolder: { zh: '选择文件夹', en: 'Choose the folder' },
  pageFiles: { zh: '或选择压缩包、其中的文件', en: 'Or an archive, or the files' },
  pageWait: { zh: '还没有选择文件。', en: 'Nothing has been chosen yet.' },
  pageLacks: { zh: '还缺：{names}。', en: 'Still missing: {names}.' },
  pageStrange: { zh: '这些不是导出的文件：{names}。', en: 'These are no files of an export: {names}.' },
  pageTwice: {
    zh: '选中的文件夹里有两份导出，请只选其中一份。',
    en: 'There are two exports in what was chosen; choose one of them.',
  },
  pageZip: {
    zh: '这个压缩包不能直接读（它被重新压缩过，或不是压缩包），请先解压，再选择文件夹。',
    en: 'This archive cannot be read as it is (it was packed anew, or is none): unpack it and choose the folder.',
  },
  pageBusy: { zh: '正在校验……', en: 'Checking…' },
  pageKept: {
    zh: '如果您另有一份存证（打印报表上的二维码、区教育局或另一块磁盘上的 .note 文件），可以一起比较：即使有人连密钥一起换掉、重写全部日志，也能查出。',
    en: 'If you have a checkpoint from elsewhere (the QR code of a printed report, a .note file at the bureau or on another disk), compare it: it tells even who wrote the whole journal anew and signed it again.',
  },
  pageKeptFile: { zh: '另存的存证文件', en: 'Checkpoint kept elsewhere, a file' },
  pageKeptText: { zh: '或把二维码扫出的文字贴在这里', en: 'Or the text of the QR code' },
  pageClear: { zh: '全部清除', en: 'Clear all' },
  pageRecords: {
    zh: '校验过的记录（原文；时间按这台电脑的时区）',
    en: 'The records that were checked, as they were written; times by the clock of this computer',
  },
  pageMore: {
    zh: '只列出前 {shown} 条，全部 {count} 条都已校验。',
    en: 'The first {shown} are listed; all {count} were checked.',
  },
  pageMeans: {
    zh: '能证明：这些记录与学校签名时的日志一字不差。不能证明：记录当初就是真的；密钥真是学校的——请核对密钥编号；这张网页没有被人换过——不放心时，请用从别处得到的同一份校验程序。',
    en: 'It proves that these records are, to the letter, those of the journal when the school signed it. It does not prove that a record was true when it was made; that the key is the school’s (compare its number); or that nobody exchanged this page: in doubt, use the same checker from elsewhere.',
  },
};
