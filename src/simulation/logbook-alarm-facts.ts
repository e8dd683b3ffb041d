/**
 * The facts of an alarm's life as sentences of the log book. It is told what each alarm is called and remembers nothing.
 */
import type { Event, Joining, Words } from '../core/types.ts';
import { handling } from '../words/handling-words.ts';
import { type ReasonCode, reasons, roles } from '../words/trade-words.ts';
import { fill, said } from './logbook-maintenance-facts.ts';

const kindsOfFact = [
  'raised',
  'repeated',
  'returned-to-normal',
  'acknowledged',
  'dispatched',
  'accepted',
  'arrived',
  'disposed',
  'closed',
  'noted',
  'answered',
  'displayed',
  'escalated',
  'shelved',
  'joined',
] as const;

/** A fact about one alarm. */
export type Alarmed = Extract<Event, { kind: (typeof kindsOfFact)[number] }>;

export function isAlarmed(event: Event): event is Alarmed {
  return (kindsOfFact as readonly string[]).includes(event.kind);
}

const joinings: Readonly<Record<Joining, Words>> = {
  neighbour: handling.joinNeighbour,
  weather: handling.joinWeather,
  'same-place': handling.joinPlace,
  'same-line': handling.joinLine,
  apart: handling.joinApart,
};

const unshelvings = {
  hand: handling.tlUnshelvedHand,
  time: handling.tlUnshelvedTime,
  'returned-to-normal': handling.tlUnshelvedReturned,
  worse: handling.tlUnshelvedWorse,
  closed: handling.tlUnshelvedClosed,
} as const;

/** An alarm of the name `called` came back from its shelf. */
export function unshelvedSentence({ why, by }: Extract<Event, { kind: 'unshelved' }>, called: Words): Words {
  const { zh, en } = fill(unshelvings[why], { by });
  return said(`${called.zh}：${zh}`, `${called.en}: ${en}`);
}

/** What happened to an alarm, with its name before it. */
export function alarmSentence(event: Alarmed, called: (alarm: number) => Words): Words {
  const name = called(event.kind === 'raised' ? event.seq : event.alarm);
  const { zh, en } = event.kind === 'joined' ? joined(event, called) : happened(event);
  return said(`${name.zh}：${zh}`, `${name.en}: ${en}`);
}

function joined({ incident, why }: Extract<Event, { kind: 'joined' }>, called: (alarm: number) => Words): Words {
  const reason = joinings[why];
  if (why === 'apart') return reason;
  const title = called(incident);
  return said(
    handling.tlJoined.zh.replace('{title}', title.zh).replace('{why}', reason.zh),
    handling.tlJoined.en.replace('{title}', title.en).replace('{why}', reason.en),
  );
}

function happened(event: Exclude<Alarmed, { kind: 'joined' }>): Words {
  switch (event.kind) {
    case 'raised':
      return said(`报警，${event.priority} 级`, `alarm, priority ${event.priority}`);
    case 'repeated':
      return said('再次触发', 'again');
    case 'returned-to-normal':
      return said('恢复', 'is over');
    case 'escalated':
      return escalated(event);
    default:
      return byPerson(event);
  }
}

function byPerson(
  event: Exclude<Alarmed, { kind: 'joined' | 'raised' | 'repeated' | 'returned-to-normal' | 'escalated' }>,
): Words {
  const { by } = event;
  switch (event.kind) {
    case 'acknowledged':
      return said(`${by} 确认`, `acknowledged by ${by}`);
    case 'dispatched':
      return fill(handling.tlDispatched, { by, to: event.to });
    case 'accepted':
      return fill(handling.tlAccepted, { by });
    case 'arrived':
      return fill(event.how === 'scan' ? handling.tlArrivedScan : handling.tlArrived, { by });
    case 'disposed':
      return withReason('处置', 'found by', event);
    case 'closed':
      return withReason('关闭', 'closed by', event);
    case 'noted':
      return fill(handling.tlNoted, { by, text: event.text });
    case 'displayed':
      return said(`${by} 看到`, `seen by ${by}`);
    case 'answered':
      return said(`${by} 填写预案第 ${event.step + 1} 步`, `step ${event.step + 1} answered by ${by}`);
    case 'shelved':
      return said(`${by} 搁置：${event.reason}`, `shelved by ${by}: ${event.reason}`);
  }
}

function withReason(zh: string, en: string, { by, reason }: { by: string; reason: string }): Words {
  const words = reason in reasons ? reasons[reason as ReasonCode] : said('', '');
  return said(`${by} ${zh}，${reason} ${words.zh}`.trim(), `${en} ${by}, ${reason} ${words.en}`.trim());
}

function escalated({ level, roles: told, channels, why }: Extract<Event, { kind: 'escalated' }>): Words {
  const reason = why === 'not-displayed' ? handling.whyUnpainted : handling.whyUnacked;
  const to = (half: keyof Words) =>
    [...told.map((role) => roles[role][half]), ...channels].join(half === 'zh' ? '、' : ', ');
  return said(
    `升级到第 ${level} 级（${reason.zh}）：${to('zh')}`,
    `escalated to level ${level} (${reason.en}): ${to('en')}`,
  );
}
