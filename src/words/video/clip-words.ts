/**
 * What is said of clips: the seconds around an alarm, kept as video.
 */
import type { Words } from '../words.ts';

export const noClip: Words = {
  zh: '报警前后没有收到该摄像机的视频',
  en: 'no video of this camera came around the alarm',
};

/** It is not among the cameras whose video is kept around alarms. */
export const noClipCamera: Words = {
  zh: '该摄像机未设置留存报警前后录像',
  en: 'no clips are kept of this camera',
};

export const clipNotKept = (dir: string, code: string): Words => ({
  zh: `录像无法写入 ${dir}（${code}），请检查磁盘空间和权限`,
  en: `the clip cannot be written to ${dir} (${code}); check the space of the disk and the rights of the folder`,
});

/** The fact that a clip was kept, or was not. */
export const clipDone = (ok: boolean, { zh, en }: Words): Words =>
  ok
    ? { zh: '已留存报警前后录像', en: 'clip around the alarm kept' }
    : { zh: `未能留存报警前后录像${zh}`, en: `no clip around the alarm${en}` };

/** From when a clip reaches, to the second; how long before the alarm; and to when, once that is known. */
export const clipSpan = (from: string, before: string, until: string | undefined): Words => ({
  zh: `${from}${until === undefined ? ' 起' : `–${until}`}（报警前 ${before} 秒开始）`,
  en: `${until === undefined ? `from ${from}` : `${from}–${until}`}, beginning ${before} s before the alarm`,
});

export const clipPage = {
  show: { zh: '播放报警前后录像', en: 'Play the clip around the alarm' },
  label: { zh: '报警前后录像', en: 'Clip around the alarm' },
  exportClip: { zh: '导出录像（含签名证明）', en: 'Export the clip with its proof' },
  exportWhy: { zh: '导出事由（记入日志）', en: 'Why it is exported (kept in the journal)' },
} as const satisfies Readonly<Record<string, Words>>;
