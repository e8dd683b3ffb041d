/** What a guard’s phone says of what has to be put right: what is his, and what he reports. */
import type { Words } from '../words.ts';

export const ownLedgerWords = {
  heading: { zh: '整改与隐患', en: 'To be put right' },
  none: { zh: '没有交给您的整改', en: 'Nothing was given to you' },
  unknown: { zh: '整改清单暂时取不到', en: 'The list cannot be had just now' },
  yours: { zh: '请您整改', en: 'yours to put right' },
  overdue: { zh: '已逾期', en: 'overdue' },
  before: { zh: '整改前', en: 'Before' },
  after: { zh: '整改后', en: 'After' },
  report: { zh: '上报隐患', en: 'Report something amiss' },
  answer: { zh: '回复整改', en: 'Answer' },
  answerText: { zh: '整改情况', en: 'What was done' },
  where: { zh: '地点', en: 'Where' },
  elsewhere: { zh: '其他地点', en: 'Another place' },
  offence: { zh: '类别', en: 'Kind' },
  found: { zh: '问题', en: 'What is amiss' },
  photoBefore: { zh: '拍现场照片', en: 'Photograph it' },
  photoAfter: { zh: '拍整改后照片', en: 'Photograph it now' },
  photoThere: { zh: '已拍照，可重拍', en: 'Photograph taken; take another' },
  send: { zh: '提交', en: 'Send' },
  cancel: { zh: '取消', en: 'Cancel' },
  online: {
    zh: '需要连上网关才能提交；没发出去时，写的内容和照片会留在这里。',
    en: 'This needs the gateway. What was not sent stays here, words and photograph.',
  },
} as const satisfies Record<string, Words>;

/** Until when, and who. */
export const untilTime = (who: string, due: string): Words => ({
  zh: `责任人 ${who} · 限 ${due}`,
  en: `${who} · until ${due}`,
});
/** Why an answer was not enough. */
export const sentBack = (reason: string): Words => ({ zh: `退回：${reason}`, en: `returned: ${reason}` });
