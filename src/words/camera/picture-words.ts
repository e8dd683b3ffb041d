/**
 * The facts of cameras' pictures as sentences: what the gateway saw, what it learned, and whether a camera can be seen. What a person may read of a
 * picture is words and figures; no sentence says what or whom it shows.
 */
import type { Fact } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';
import { learnReasons, pictureHours, pictureSigns, seenReasons } from './picture-names.ts';

type PictureSentences = {
  readonly [K in Extract<
    Fact['kind'],
    'picture-judged' | 'picture-learned' | 'picture-dismissed' | 'camera-seen' | 'cameras-watched'
  >]: (fact: FactOf<K>, names: FactNames) => Words;
};

export const pictureSentences: PictureSentences = {
  'picture-judged': ({ camera, sign, active, hours }, names) => {
    const [place, what, when] = [names.device(camera), pictureSigns[sign], pictureHours[hours]];
    return active
      ? {
          zh: `${place.zh} 网关看画面：${what.zh}（${when.zh}）`,
          en: `${place.en} by its pictures: ${what.en} (${when.en})`,
        }
      : { zh: `${place.zh} 网关看画面：${what.zh}，已恢复`, en: `${place.en} by its pictures: ${what.en} no longer` };
  },
  'picture-learned': ({ camera, hours, why, stills }, names) => {
    const [place, when, because] = [names.device(camera), pictureHours[hours], learnReasons[why]];
    return {
      zh: `${place.zh} 学好基准画面（${when.zh}，${stills} 张，${because.zh}）`,
      en: `${place.en}: a reference picture was learned ${when.en} from ${stills} stills, ${because.en}`,
    };
  },
  'picture-dismissed': ({ camera, by, reason }, names) => {
    const [place, who] = [names.device(camera), names.who(by)];
    return {
      zh: `${place.zh} ${who.zh} 看过画面，要求重新学习基准：${reason}`,
      en: `${place.en}: ${who.en} has looked at the picture and has it learned anew: ${reason}`,
    };
  },
  'camera-seen': ({ camera, seen, why }, names) => {
    const [place, reason] = [names.device(camera), seenReasons[why]];
    return seen
      ? { zh: `${place.zh} 看得见：${reason.zh}`, en: `${place.en} can be seen: ${reason.en}` }
      : { zh: `${place.zh} 看不见：${reason.zh}`, en: `${place.en} cannot be seen: ${reason.en}` };
  },
  'cameras-watched': ({ seen, unseen }) => {
    const watched = seen.length + Object.keys(unseen).length;
    return {
      zh: `摄像机 ${watched} 台，看得见 ${seen.length} 台`,
      en: `${seen.length} of ${watched} cameras can be seen`,
    };
  },
};
