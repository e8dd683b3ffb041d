/** What pages say of live video: how it is, and what to do where there is none. */
import type { Words } from '../words.ts';

export const videoPage = {
  open: { zh: '放大看视频', en: 'Open large, as video' },
  close: { zh: '关闭（Esc）', en: 'Close (Esc)' },
  starting: { zh: '正在打开视频，先看抓图', en: 'The video is starting; this is a still' },
  live: { zh: '实时视频', en: 'Live video' },
  stills: { zh: '只有抓图', en: 'Stills only' },
  lost: { zh: '视频连接断开，正在重连', en: 'The video was cut off; connecting again' },
  tooOld: {
    zh: '此浏览器不能播放视频，请换用 Chrome 86 或更新的浏览器',
    en: 'this browser plays no video; use Chrome 86 or newer',
  },
  h265: {
    zh: '摄像机送来的是 H.265，此浏览器不能播放；请在摄像机里把子码流设为 H.264',
    en: 'the camera sends H.265, which this browser does not play; set its sub-stream to H.264 in the camera',
  },
  unknownCodec: {
    zh: '摄像机送来的视频编码此浏览器不能播放；请在摄像机里把子码流设为 H.264',
    en: 'this browser does not play what the camera sends; set its sub-stream to H.264 in the camera',
  },
  reason: { zh: '查看事由', en: 'Why you look' },
  look: { zh: '查看', en: 'Look' },
} as const satisfies Record<string, Words>;

/** Moving pictures that stand: `age` is how long. */
export const videoStands = (age: string): Words => ({
  zh: `视频停在 ${age}前`,
  en: `the video has stood still for ${age}`,
});
