/**
 * What is said where a phone is the reader: what the gateway answers, and the sheet of codes on paper. The pages’ own sentences stand in
 * `point-page-words`.
 */
import type { Words } from '../words.ts';

export const codeWrong: Words = {
  zh: '这不是本校巡更点的码，或码已作废。请扫巡更点上贴的二维码。',
  en: 'This is no code of a checkpoint of this school, or one that counts no more. Read the one at the checkpoint.',
};
export const photoNeeded: Words = {
  zh: '扫二维码打点须附现场照片，请重新拍照。',
  en: 'A touch by QR code needs the photograph it was read from. Take it again.',
};
export const photoWrong: Words = {
  zh: '照片不是 JPEG 格式，请用手机相机重新拍照。',
  en: 'The photograph is no JPEG. Take it again with the camera of the phone.',
};
export const noPoints: Words = {
  zh: '配置中没有巡更点，没有可打印的码。',
  en: 'The configuration has no checkpoint, so there is no code to print.',
};

export const sheetTitle: Words = { zh: '巡更点二维码', en: 'Codes of checkpoints' };
export const sheetNote: Words = {
  zh: '裁下贴在对应的巡更点，或把码写入该点的 NFC 标签（文本记录）。码等同于钥匙：请勿拍照外传；丢失或外传时，更换网关的 session.key 后全部重新打印。',
  en: 'Cut out and put up at its checkpoint, or write the text into an NFC tag there (a text record). A code is a key: let nobody photograph it for others. If one got out, replace session.key of the gateway and print all of them anew.',
};
