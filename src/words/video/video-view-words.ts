/** What is said of looking at live videos: why somebody is shown nothing, and the fact that he looked. */
import type { Words } from '../words.ts';

export const reasonWanted: Words = {
  zh: '查看实时视频须填写事由',
  en: 'say why you look at this live video',
};
export const tooManyVideos: Words = {
  zh: '您打开视频太频繁，请过一会儿再试',
  en: 'you open videos too often; wait a while',
};
export const unknownCamera: Words = { zh: '没有这台摄像机', en: 'there is no such camera' };
export const videosRefused: Words = { zh: '现在不能播放视频', en: 'no video can be played now' };

/** Somebody looked at a picture: of a camera as it was, or a kept one by its name. */
export const pictureViewed = (who: Words, seen: Words): Words => ({
  zh: `${who.zh} 查看图片：${seen.zh}`,
  en: `${who.en} looked at the picture ${seen.en}`,
});

/** What a person looked at. `reason` is as he typed it. */
export function videoViewed(
  who: Words,
  camera: Words,
  more: { readonly alarm?: number; readonly reason?: string },
): Words {
  const why =
    more.reason !== undefined
      ? { zh: `，事由：${more.reason}`, en: `, because: ${more.reason}` }
      : more.alarm !== undefined
        ? { zh: `，报警 ${more.alarm}`, en: `, for alarm ${more.alarm}` }
        : { zh: '', en: '' };
  return {
    zh: `${who.zh} 查看实时视频：${camera.zh}${why.zh}`,
    en: `${who.en} looked at the live video of ${camera.en}${why.en}`,
  };
}
