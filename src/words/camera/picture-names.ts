/** What the gateway sees in cameras' pictures, by name: signs, hours, why a camera counts as seen or not, why a reference was learned. */
import type { LearnReason, PictureHours, PictureSign, SeenReason } from '../../core/types.ts';
import type { Words } from '../words.ts';

export const pictureSigns: Readonly<Record<PictureSign, Words>> = {
  covered: { zh: '镜头被遮挡', en: 'the lens is covered' },
  dark: { zh: '画面全黑', en: 'the picture is dark' },
  blurred: { zh: '画面模糊', en: 'the picture is blurred' },
  moved: { zh: '镜头被挪动', en: 'the camera was turned' },
  frozen: { zh: '画面卡住不动', en: 'the picture stands still' },
  overexposed: { zh: '画面过曝发白', en: 'the picture is white' },
};

export const pictureHours: Readonly<Record<PictureHours, Words>> = {
  day: { zh: '白天', en: 'by day' },
  night: { zh: '夜间灯光', en: 'by night' },
  infrared: { zh: '红外夜视', en: 'under infrared' },
};

/** Why a camera counts as seen or not. */
export const seenReasons: Readonly<Record<SeenReason, Words>> = {
  fresh: { zh: '画面正常', en: 'the picture shows' },
  'no-link': { zh: '连不上', en: 'cannot be reached' },
  'no-still': { zh: '取不到新画面', en: 'gives no new picture' },
  covered: pictureSigns.covered,
  dark: pictureSigns.dark,
  moved: pictureSigns.moved,
  frozen: pictureSigns.frozen,
  overexposed: pictureSigns.overexposed,
};

export const learnReasons: Readonly<Record<LearnReason, Words>> = {
  first: { zh: '首次学习', en: 'for the first time' },
  asked: { zh: '有人要求重新学习', en: 'anew, as a person asked' },
  lost: { zh: '原来的基准文件丢失或被改动', en: 'anew, for its file was lost or is another' },
};
