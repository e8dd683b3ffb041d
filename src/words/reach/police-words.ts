/**
 * What is said of the one-key police alarm (一键报警): its call, its tests, and what is due. It words what was decided and must never
 * say that the gateway calls the police: the certified line does.
 */
import type { Fact } from '../../core/types.ts';
import type { Words } from '../words.ts';

type PoliceFactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;
/** How people, devices and times are called. */
interface PoliceNames {
  who(name: string): Words;
  device(id: string): Words;
  time(at: number): string;
}

export const policeSentences = {
  'police-announced': ({ device, until, by, reason }: PoliceFactOf<'police-announced'>, names: PoliceNames): Words => {
    const [who, title, end] = [names.who(by), names.device(device), names.time(until)];
    return {
      zh: `${who.zh} 预告 ${title.zh} 测试，到 ${end}：${reason}`,
      en: `${who.en} announced a test of ${title.en} until ${end}: ${reason}`,
    };
  },
  'police-tested': ({ device, heard }: PoliceFactOf<'police-tested'>, names: PoliceNames): Words => {
    const title = names.device(device);
    return heard
      ? { zh: `${title.zh} 测试：已听到`, en: `${title.en}, test: the press was heard` }
      : { zh: `${title.zh} 测试：没有听到按下`, en: `${title.en}, test: no press was heard` };
  },
  'police-step': ({ step, by }: PoliceFactOf<'police-step'>, names: PoliceNames): Words => {
    const who = by === undefined ? { zh: '线路回执', en: 'the line itself' } : names.who(by);
    return step === 'answered'
      ? { zh: `已接警（${who.zh}）`, en: `the police answered (${who.en})` }
      : { zh: `民警到场（${who.zh}）`, en: `an officer is there (${who.en})` };
  },
};

/** Lines somebody has to see to. */
export const policeDueWords = (title: Words, why: 'not-heard' | 'overdue', days: number): Words =>
  why === 'not-heard'
    ? {
        zh: `${title.zh}：${days} 天前的测试没有听到按下，请检查触点接线后再测一次`,
        en: `${title.en}: at the test ${days} days ago no press was heard; check the wiring of its contact and test again`,
      }
    : {
        zh: `${title.zh}：已 ${days} 天没有测试，应每季度测试一次，请与派出所约定时间`,
        en: `${title.en}: not tested for ${days} days; it is due every quarter, agree a time with the police`,
      };

/** How far a call is, as one line. */
export const policeStanding = {
  called: { zh: '已报警，未接警', en: 'called, not answered yet' },
  answered: { zh: '已接警，民警未到', en: 'answered, nobody there yet' },
  came: { zh: '民警已到场', en: 'an officer is there' },
} as const satisfies Readonly<Record<string, Words>>;

/** The page's own words. */
export const policePage = {
  title: { zh: '一键报警', en: 'One-key police alarm' },
  note: {
    zh: '一键报警由经认证的专线直接接通公安，本系统只听并联触点，不在报警通路中。',
    en: 'It calls the police by a certified line of its own; only a contact beside that line is heard here.',
  },
  none: { zh: '没有接入一键报警触点', en: 'No contact of such a line is connected' },
  never: { zh: '从未测试', en: 'never tested' },
  heard: { zh: '测试已听到', en: 'test heard' },
  notHeard: { zh: '测试没有听到', en: 'test not heard' },
  due: { zh: '到期', en: 'due' },
  minutes: { zh: '窗口（分钟）', en: 'window (minutes)' },
  reason: { zh: '说明（如：已与派出所约定）', en: 'note (for instance: agreed with the police)' },
  announce: { zh: '预告测试', en: 'Announce a test' },
  waits: { zh: '正在等待按下，到', en: 'waiting for the press, until' },
  markAnswered: { zh: '已接警', en: 'Police answered' },
  markCame: { zh: '民警到场', en: 'Officer is there' },
} as const satisfies Readonly<Record<string, Words>>;
