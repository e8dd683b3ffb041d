/** How far apart the key frames of a camera's video are, as it is measured at commissioning, and what to do where they are sparse. */
import type { Words } from '../words.ts';

export const keyFrameWords = {
  measure: { zh: '测量关键帧间隔', en: 'Measure the key frames' },
  measuring: { zh: '正在测量，最长半分钟', en: 'Measuring; half a minute at most' },
  large: { zh: '主码流', en: 'Main stream' },
  small: { zh: '子码流', en: 'Sub-stream' },
  sparse: {
    zh: '过长：视频要等这么久才能打开，报警录像可能开始得晚。请在摄像机里把该码流的关键帧（I 帧）间隔设为 2 秒，并关闭智能编码（Smart264/H.264+/H.265+）',
    en: 'too long: a video opens that much later, and the clip of an alarm may begin late. Set the key frame (I-frame) interval of this stream to 2 s in the camera, and switch smart coding (H.264+, H.265+) off',
  },
} as const satisfies Record<string, Words>;

const seconds = (ms: number) => (ms / 1_000).toFixed(1);

/** So far apart they are. */
export const keyFrameEvery = (ms: number): Words => ({
  zh: `关键帧间隔 ${seconds(ms)} 秒`,
  en: `a key frame every ${seconds(ms)} s`,
});

/** None came for so long. */
export const keyFrameNone = (ms: number): Words => ({
  zh: `${seconds(ms)} 秒内没有新的关键帧`,
  en: `no further key frame within ${seconds(ms)} s`,
});

/** Where the clip of an alarm begins after it: the stream has no key frame before. */
export const clipLate = (ms: number): Words => ({
  zh: `录像从报警后 ${seconds(ms)} 秒才开始：之前没有关键帧。请在摄像机里把子码流的关键帧间隔设为 2 秒`,
  en: `the clip begins ${seconds(ms)} s after the alarm, for there was no key frame before; set the key frame interval of the sub-stream to 2 s in the camera`,
});
