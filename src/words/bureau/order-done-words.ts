/** What came of taking a still for the district, or of sending it something: the end of a duty, for the record. */
import type { Words } from '../words.ts';

export function orderDone(part: string, ok: boolean, { zh, en }: Words): Words {
  if (part === 'take')
    return ok
      ? { zh: '已为区里抓拍画面', en: 'a picture was taken for the district' }
      : { zh: `没能为区里抓拍画面${zh}`, en: `no picture could be taken for the district${en}` };
  return ok
    ? { zh: '已发给区里', en: 'sent to the district' }
    : { zh: `没能发给区里${zh}`, en: `could not be sent to the district${en}` };
}
