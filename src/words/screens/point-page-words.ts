/**
 * What the page says on which a guard’s phone is the reader of a checkpoint: reading its code, touches that wait in the phone, and what is
 * looked at there. Only that page reads them.
 */
import type { Words } from '../words.ts';

export const pointWords = {
  back: { zh: '返回', en: 'Back' },
  read: { zh: '到点打卡', en: 'Check in at a point' },
  qr: { zh: '拍巡更点二维码', en: 'Photograph the QR code' },
  nfc: { zh: '读 NFC 标签', en: 'Read the NFC tag' },
  nfcReady: { zh: '请把手机背面靠近标签…', en: 'Hold the back of the phone to the tag…' },
  nfcFailed: { zh: '手机没有打开 NFC，或不允许网页使用', en: 'NFC is off, or this page may not use it' },
  nfcNone: { zh: '标签里没有巡更点的码', en: 'The tag holds no code of a checkpoint' },
  reading: { zh: '正在识别…', en: 'Reading…' },
  noCode: {
    zh: '照片里没有认出二维码。靠近一点，让整个码清楚地落在画面里，再拍一次。',
    en: 'No QR code was found in the photograph. Go nearer, have all of it sharp in the picture, and take it again.',
  },
  note: {
    zh: '打点记在您名下，二维码照片随记录保存。到了现场再拍。',
    en: 'The touch stands in your name, and the photograph is kept with it. Take it where you are.',
  },
  touch: { zh: '打点', en: 'touch' },
  waiting: { zh: '存在手机里，等网络恢复后发送', en: 'Waits in the phone until the network is back' },
  notTaken: { zh: '没有受理', en: 'Not taken' },
  dismiss: { zh: '知道了', en: 'Understood' },
  full: {
    zh: '手机存不下了，这次打点没有保存。请到有网络的地方重拍。',
    en: 'The phone has no room: this touch was not kept. Take it again where there is a network.',
  },
  items: { zh: '检查项', en: 'What to look at' },
  noItems: {
    zh: '打点后 30 分钟内，该点的检查项会显示在这里。',
    en: 'For 30 minutes after a touch, what is to be looked at there stands here.',
  },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  send: { zh: '提交', en: 'Send' },
  photo: { zh: '拍照（可选）', en: 'Photograph (optional)' },
  photoThere: { zh: '已拍照', en: 'Photograph taken' },
  remark: { zh: '备注（可选）', en: 'Note (optional)' },
  right: { zh: '正常', en: 'right' },
  amiss: { zh: '异常，已报维护提示', en: 'amiss; noted for upkeep' },
  each: { zh: '每趟', en: 'each round' },
  month: { zh: '每月', en: 'monthly' },
  year: { zh: '每年', en: 'yearly' },
} as const satisfies Record<string, Words>;

export const touchedAt = (place: string, time: string): Words => ({
  zh: `已打点：${place} ${time}`,
  en: `Touched: ${place} at ${time}`,
});
export const limitsAre = (limits: string): Words => ({ zh: `应为 ${limits}`, en: `to be ${limits}` });
