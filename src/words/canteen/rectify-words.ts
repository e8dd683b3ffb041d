/** Rectifications in words: stages, offences that are found by hand, refusals, and their facts as sentences. */
import type {
  CheckItem,
  HandOffence,
  RectifyFact,
  RectifyRefusal,
  RectifySource,
  RectifyStage,
} from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import { itemFinding } from '../patrol/item-words.ts';
import type { Words } from '../words.ts';

/** How far one is. */
export const rectifyStages: Readonly<Record<RectifyStage, Words>> = {
  proposed: { zh: '待认领', en: 'to be taken on' },
  open: { zh: '整改中', en: 'being put right' },
  answered: { zh: '待复核', en: 'to be countersigned' },
  countersigned: { zh: '已复核', en: 'countersigned' },
  dismissed: { zh: '不立项', en: 'dismissed' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
};

/** What people find by hand. */
export const handOffences: Readonly<Record<HandOffence, Words>> = {
  dress: { zh: '着装不规范', en: 'Dress' },
  hygiene: { zh: '环境卫生', en: 'Cleanliness' },
  pests: { zh: '虫害鼠害', en: 'Pests' },
  food: { zh: '食材问题', en: 'Food' },
  sample: { zh: '留样问题', en: 'Kept samples' },
  storage: { zh: '存放不当', en: 'Storage' },
  equipment: { zh: '设备故障', en: 'Equipment' },
  'fire-safety': { zh: '消防隐患', en: 'Fire safety' },
  structure: { zh: '房屋设施隐患', en: 'Building' },
  other: { zh: '其他', en: 'Other' },
};

/** What found it. */
export const rectifySources: Readonly<Record<RectifySource['from'], Words>> = {
  alarm: { zh: '设备报警', en: 'Alarm' },
  'online-rate': { zh: '在线率', en: 'Online rate' },
  list: { zh: '每日检查', en: 'Daily check' },
  'check-item': { zh: '巡更检查', en: 'Patrol check' },
  drill: { zh: '演练', en: 'Drill' },
  hand: { zh: '人工发现', en: 'Found by hand' },
};

export const rectifyRefusals: Readonly<Record<RectifyRefusal, Words>> = {
  'unknown-rectification': { zh: '没有这项整改。', en: 'There is no such rectification.' },
  'not-at-this-stage': {
    zh: '这项整改现在不能这样处理，请看它的最新状态。',
    en: 'This cannot be done with the rectification as it stands now; look at it again.',
  },
  'own-answer': {
    zh: '整改由您完成，须由其他人复核。',
    en: 'You put it right yourself: somebody else has to countersign it.',
  },
  'not-countersigner': {
    zh: '只有安全负责人、管理员，或食堂负责人（限食堂内的整改）可以复核。',
    en: 'A head of security or an administrator countersigns, and whoever answers for the canteen what belongs to it.',
  },
  'not-opener': {
    zh: '只有立项人、安全负责人或管理员可以撤销。',
    en: 'Whoever opened it may withdraw it, a head of security or an administrator.',
  },
  'due-wrong': {
    zh: '完成期限须在现在之后、90 天之内。',
    en: 'The date has to be after now and within 90 days.',
  },
  'moved-enough': {
    zh: '已改过 3 次，再改须由安全负责人或管理员操作。',
    en: 'It was moved three times already; a head of security or an administrator may move it once more.',
  },
  'unknown-place': { zh: '请选择区域或填写地点。', en: 'Choose an area or write where it is.' },
  'rectifications-full': {
    zh: '未完成的整改已达 500 项，请先处理。',
    en: '500 rectifications are open; see to some of them first.',
  },
};

/** What a device has seen, where it says no more itself. */
export const alarmFound = (offence: Words, place: Words): Words => ({
  zh: `${place.zh}：${offence.zh}`,
  en: `${place.en}: ${offence.en}`,
});

/** What was found amiss at a checkpoint. */
export function foundAtItem(item: CheckItem, value: boolean | number, note: string | undefined): Words {
  const found = itemFinding(item, value);
  return note ? { zh: `${found.zh}。${note}`, en: `${found.en}. ${note}` } : found;
}

/** Why one that is overdue is an alarm. */
export const overdueWords = (id: number, place: Words, offence: Words, who: string): Words => ({
  zh: `整改 ${id} 逾期：${place.zh} ${offence.zh}，责任人 ${who}`,
  en: `rectification ${id} is overdue: ${offence.en}, ${place.en}, with ${who}`,
});

/** A camera of the canteen could be seen too little on a day. */
export const rateFound = (percent: number, least: number): Words => ({
  zh: `在线率 ${percent}%，低于要求的 ${least}%`,
  en: `online ${percent} %, below the ${least} % that are asked for`,
});
export const rateOffence = (camera: Words): Words => ({
  zh: `${camera.zh} 摄像机在线率不足`,
  en: `Camera too often not to be seen: ${camera.en}`,
});

/** `第 3 次`, where it is a repeated one. */
const repeated = (times: number): Words =>
  times > 1 ? { zh: `（30 天内第 ${times} 次）`, en: ` (time ${times} within 30 days)` } : { zh: '', en: '' };
const pictured = (picture: string | undefined): Words =>
  picture ? { zh: '，附照片', en: ', with a photograph' } : { zh: '', en: '' };

type RectifySentences = {
  readonly [K in RectifyFact['kind']]: (fact: FactOf<K>, names: FactNames) => Words;
};

export const rectifySentences: RectifySentences = {
  'rectification-proposed': ({ source, place, offence, times }, names) => {
    const again = repeated(times);
    if (source.from === 'hand' && source.by !== undefined)
      return {
        zh: `${names.who(source.by).zh} 上报隐患：${place.title.zh} ${offence.title.zh}${again.zh}`,
        en: `${names.who(source.by).en} reported something amiss: ${offence.title.en}, ${place.title.en}${again.en}`,
      };
    return {
      zh: `建议整改：${place.title.zh} ${offence.title.zh}${again.zh}`,
      en: `rectification proposed: ${offence.title.en}, ${place.title.en}${again.en}`,
    };
  },
  'rectification-opened': ({ place, offence, who, due, by, times, picture }, names) => {
    const [opener, until, again, photo] = [names.who(by), names.time(due), repeated(times), pictured(picture)];
    return {
      zh: `${opener.zh} 立项整改：${place.title.zh} ${offence.title.zh}${again.zh}，责任人 ${who.name}，限 ${until}${photo.zh}`,
      en: `${opener.en} opened a rectification: ${offence.title.en}, ${place.title.en}${again.en}; ${who.name} until ${until}${photo.en}`,
    };
  },
  'rectification-taken': ({ rectification, who, due, by }, names) => ({
    zh: `${names.who(by).zh} 认领整改 ${rectification}，责任人 ${who.name}，限 ${names.time(due)}`,
    en: `${names.who(by).en} took rectification ${rectification} on: ${who.name} until ${names.time(due)}`,
  }),
  'rectification-dismissed': ({ rectification, reason, by }, names) => ({
    zh: `${names.who(by).zh} 对整改建议 ${rectification} 不立项：${reason}`,
    en: `${names.who(by).en} dismissed the proposed rectification ${rectification}: ${reason}`,
  }),
  'rectification-moved': ({ rectification, who, due, reason, by }, names) => ({
    zh: `${names.who(by).zh} 调整整改 ${rectification}：责任人 ${who.name}，限 ${names.time(due)}，原因：${reason}`,
    en: `${names.who(by).en} moved rectification ${rectification}: ${who.name} until ${names.time(due)}, because: ${reason}`,
  }),
  'rectification-answered': ({ rectification, text, by, picture }, names) => {
    const photo = pictured(picture);
    return {
      zh: `${names.who(by).zh} 回复整改 ${rectification}：${text}${photo.zh}`,
      en: `${names.who(by).en} answered rectification ${rectification}: ${text}${photo.en}`,
    };
  },
  'rectification-countersigned': ({ rectification, by }, names) => ({
    zh: `${names.who(by).zh} 复核通过整改 ${rectification}`,
    en: `${names.who(by).en} countersigned rectification ${rectification}`,
  }),
  'rectification-returned': ({ rectification, reason, due, by }, names) => ({
    zh: `${names.who(by).zh} 退回整改 ${rectification}：${reason}，限 ${names.time(due)}`,
    en: `${names.who(by).en} returned rectification ${rectification}: ${reason}; until ${names.time(due)}`,
  }),
  'rectification-withdrawn': ({ rectification, reason, by }, names) => ({
    zh: `${names.who(by).zh} 撤销整改 ${rectification}：${reason}`,
    en: `${names.who(by).en} withdrew rectification ${rectification}: ${reason}`,
  }),
  'rectification-overdue': ({ rectification, due }, names) => ({
    zh: `整改 ${rectification} 逾期（限 ${names.time(due)}）`,
    en: `rectification ${rectification} is overdue (it was due ${names.time(due)})`,
  }),
};

/** What was asked, where it was refused. */
export const rectifyCommands = {
  'open-rectification': { zh: '立项整改', en: 'to open a rectification' },
  'report-rectification': { zh: '上报隐患', en: 'to report something amiss' },
  'take-rectification': { zh: '认领整改', en: 'to take a rectification on' },
  'dismiss-rectification': { zh: '不立项', en: 'to dismiss a proposed rectification' },
  'move-rectification': { zh: '调整整改', en: 'to move a rectification' },
  'answer-rectification': { zh: '回复整改', en: 'to answer a rectification' },
  'countersign-rectification': { zh: '复核整改', en: 'to countersign a rectification' },
  'return-rectification': { zh: '退回整改', en: 'to return a rectification' },
  'withdraw-rectification': { zh: '撤销整改', en: 'to withdraw a rectification' },
} as const satisfies Record<string, Words>;
