/**
 * The message about an alarm that leaves the gateway. Whoever reads it may stand in the rain with no way to open a page, so
 * it says by itself what happened, where, since when, who was sent, and why it is sent now. It must never carry a secret.
 */
import { placeOf } from '../core/site/naming.ts';
import type { Alarm, AlarmKind, Duty, Priority, Site, Time, Words } from '../core/types.ts';
import { kinds } from '../words/trade-words.ts';

/** What a channel carries: facts for machines, and a text for people in both languages. */
export interface Message {
  readonly school: Words;
  /** The alarm's number; the same alarm told twice has the same. */
  readonly alarm: number;
  readonly priority: Priority;
  readonly kind: AlarmKind;
  readonly kindTitle: Words;
  readonly place: Words;
  /** When it was raised, and when it last was triggered. ms since the epoch. */
  readonly raisedAt: Time;
  readonly lastAt: Time;
  readonly count: number;
  /** Level of the escalation; 1 is the first. */
  readonly level: number;
  readonly why: 'unacknowledged' | 'not-displayed';
  /** Other open alarms of the same incident. */
  readonly others: readonly { readonly alarm: number; readonly kind: AlarmKind; readonly place: Words }[];
  /** In a flood: how many other alarms wait that this message speaks for. */
  readonly waiting?: number;
  /** The person who was sent. */
  readonly sent?: string;
  readonly arrived: boolean;
  readonly text: Words;
}

const priorities: Readonly<Record<Priority, Words>> = {
  1: { zh: '紧急', en: 'URGENT' },
  2: { zh: '重要', en: 'IMPORTANT' },
  3: { zh: '一般', en: 'ORDINARY' },
  4: { zh: '维护', en: 'UPKEEP' },
};

/** `11-23 14:31:29`, local to the school. */
function clock(at: Time, site: Site): string {
  return new Date(at + site.utcOffsetMin * 60_000).toISOString().slice(5, 19).replace('T', ' ');
}

/** Who is on the way, or that nobody is. */
function sentWords(alarm: Alarm, site: Site): Words {
  const { dispatched, accepted, arrived } = alarm;
  if (!dispatched) return { zh: '还没有派人', en: 'nobody was sent yet' };
  const name = site.people[dispatched.to]?.name ?? dispatched.to;
  const at = clock(dispatched.at, site).slice(6);
  if (arrived) return { zh: `已派 ${name}，${clock(arrived.at, site).slice(6)} 到场`, en: `${name} is there` };
  if (accepted) return { zh: `已派 ${name}（${at}），已接单`, en: `${name} is on the way (sent ${at})` };
  return { zh: `已派 ${name}（${at}），未接单`, en: `${name} was sent at ${at} and has not answered` };
}

function whyWords({ escalated, waitingSince }: Alarm, now: Time): Words {
  if (escalated?.why === 'not-displayed') return { zh: '大屏没有显示这条报警', en: 'no wall has shown it' };
  // The clock may have been set back since; it has waited at least until the message was owed.
  const until = Math.max(now, escalated?.at ?? waitingSince);
  const seconds = Math.round((until - waitingSince) / 1000);
  const [zh, en] =
    seconds < 120
      ? [`${seconds} 秒`, `${seconds} s`]
      : [`${Math.round(seconds / 60)} 分钟`, `${Math.round(seconds / 60)} min`];
  return { zh: `已 ${zh}无人确认`, en: `not acknowledged for ${en}` };
}

/** More places than this are counted, not named: a message that nobody reads to its end helps nobody. */
const namedMax = 5;

/** What else belongs to it: `同一事件另有 3 条：5区 南围栏 攀爬、…`; nothing when it stands alone. */
function othersWords(others: Message['others']): Words | undefined {
  if (others.length === 0) return undefined;
  const some = others.slice(0, namedMax).map(({ kind, place }) => {
    const title = kinds[kind];
    return { zh: `${place.zh} ${title.zh}`, en: `${place.en} ${title.en}` };
  });
  const more = others.length > some.length;
  return {
    zh: `同一事件另有 ${others.length} 条：${some.map(({ zh }) => zh).join('、')}${more ? '等' : ''}`,
    en: `${others.length} more of the same incident: ${some.map(({ en }) => en).join(', ')}${more ? ' …' : ''}`,
  };
}

function floodWords(waiting: number): Words {
  return { zh: `报警泛滥，另有 ${waiting} 条待确认`, en: `flood of alarms: ${waiting} more wait` };
}

/** What a message is made of. */
type Told = Pick<Extract<Duty, { do: 'notify' }>, 'alarm' | 'others' | 'level' | 'waiting'>;

/** The message about an alarm, the others of its incident, and in a flood all others, as they stand at `now`. */
export function messageOf(site: Site, { alarm, others, level, waiting }: Told, now: Time): Message {
  const { priority, kind, count, raisedAt, lastAt } = alarm;
  const place = placeOf(site, alarm);
  const kindTitle = kinds[kind];
  const urgency = priorities[priority];
  const sent = sentWords(alarm, site);
  const why = whyWords(alarm, now);
  const time = clock(raisedAt, site);
  const rest = others.map((one) => ({ alarm: one.id, kind: one.kind, place: placeOf(site, one) }));
  const also = [othersWords(rest), waiting === undefined ? undefined : floodWords(waiting)].filter(
    (one) => one !== undefined,
  );
  const times = count > 1 ? ` ×${count}` : '';
  const person = alarm.dispatched && (site.people[alarm.dispatched.to]?.name ?? alarm.dispatched.to);
  return {
    school: site.name,
    alarm: alarm.id,
    priority,
    kind,
    kindTitle,
    place,
    raisedAt,
    lastAt,
    count,
    level,
    why: alarm.escalated?.why ?? 'unacknowledged',
    others: rest,
    ...(waiting !== undefined && { waiting }),
    ...(person !== undefined && { sent: person }),
    arrived: alarm.arrived !== undefined,
    text: {
      zh: [
        `【P${priority} ${urgency.zh}】${place.zh} ${kindTitle.zh}${times}`,
        `${time} 触发，${why.zh}`,
        sent.zh,
        ...also.map(({ zh }) => zh),
        `${site.name.zh} 报警号 ${alarm.id}`,
      ].join('\n'),
      en: [
        `[P${priority} ${urgency.en}] ${place.en} ${kindTitle.en}${times}`,
        `raised ${time}, ${why.en}`,
        sent.en,
        ...also.map(({ en }) => en),
        `${site.name.en}, alarm ${alarm.id}`,
      ].join('\n'),
    },
  };
}
