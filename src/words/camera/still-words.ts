/** What the gateway says when a camera's still cannot be judged, or when what it learned of a camera is gone. */
import type { Words } from '../words.ts';

export const stillTooLarge = (bytes: number): Words => ({
  zh: `摄像机的静态图有 ${Math.round(bytes / 1_048_576)} MB，太大，不看。请在摄像机里降低抓图分辨率。`,
  en: `A camera's still of ${Math.round(bytes / 1_048_576)} MB is too large and was not looked at. Lower the resolution of stills in the camera.`,
});
export const stillUnreadable: Words = {
  zh: '摄像机的静态图打不开：不是完整的 JPEG，或像素太多。',
  en: 'A camera’s still cannot be read: it is no whole JPEG, or has too many pixels.',
};
export const stillLate: Words = {
  zh: '看一张静态图超过 10 秒，已放弃。',
  en: 'Looking at a still took more than 10 s and was given up.',
};
export const stillsBusy: Words = {
  zh: '等着看的静态图太多，这一张跳过。',
  en: 'Too many stills wait to be looked at; this one was passed over.',
};
export const stillNone: Words = { zh: '摄像机 20 秒没有给出画面。', en: 'The camera gave no picture in 20 s.' };

export const referencesUnlike = (camera: Words): Words => ({
  zh: `${camera.zh} 的基准画面文件丢失，重新学到的和原来的不像。请到“摄像机画面”页看过画面，再按“重新学习”。`,
  en: `The reference picture of ${camera.en} was lost, and what was learned anew is not like it. Look at the picture on the page “Camera pictures” and press “Learn anew”.`,
});
export const referenceNotKept = (code: string): Words => ({
  zh: `基准画面写不进数据文件夹（${code}）：重启后要重新学习。`,
  en: `A reference picture could not be written to the data folder (${code}); after a restart it is learned anew.`,
});
