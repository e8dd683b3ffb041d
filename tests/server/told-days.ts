/**
 * Two days of a school, told fact by fact, for the tables that leave the house: on Monday every column of a record has
 * something of its own, on Tuesday every figure. Nothing is decided here by the core, so that a rule that changes does not
 * change what the tables are held against.
 */
import type { Event, Fact, Priority, Site, Time } from '../../src/core/types.ts';
import { minute, monday, school } from '../core/school.ts';

export const tuesday = monday + 24 * 60 * minute;
export const wednesday = tuesday + 24 * 60 * minute;

/** The school, with names that no id shares. */
export const site: Site = {
  ...school,
  devices: {
    ...school.devices,
    fence: { ...school.devices.fence!, title: { zh: '东墙主机', en: 'East host' } },
    cam: { ...school.devices.cam!, title: { zh: '大门摄像机', en: 'Gate camera' } },
  },
};

/** Facts in any order, of which some speak of an alarm by a name. */
class Days {
  readonly #facts: {
    readonly at: Time;
    readonly name?: string;
    readonly fact: (id: (name: string) => number) => Fact;
  }[] = [];

  /** At a time of the day, in minutes; a named one is an alarm that others may speak of. */
  tell(day: Time, minutes: number, fact: Fact | ((id: (name: string) => number) => Fact), name?: string): void {
    const at = day + Math.round(minutes * minute);
    this.#facts.push({ at, ...(name && { name }), fact: typeof fact === 'function' ? fact : () => fact });
  }

  /** What the journal would hold, and in which order. */
  events(): Event[] {
    const facts = this.#facts.toSorted((a, b) => a.at - b.at);
    const id = (name: string) => facts.findIndex((one) => one.name === name) + 1;
    return facts.map(({ at, fact }, i): Event => ({ ...fact(id), seq: i + 1, at }));
  }
}

/** One alarm with something in every column, one that nobody has touched, and one that a spreadsheet could misread. */
function records(days: Days): void {
  const tell = days.tell.bind(days, monday);
  const climb = { key: 'z1/climb', alarm: 'climb', device: 'fence', zone: 'z1', active: true } as const;
  tell(
    600,
    {
      kind: 'raised',
      ...climb,
      priority: 2,
      cause: 'fence/climb',
      value: 12.5,
      why: { zh: '张力突变', en: '张力突变' },
    },
    'first',
  );
  tell(601.5, (id) => ({ kind: 'acknowledged', alarm: id('first'), by: 'wang' }));
  const again = { device: 'fence', cause: 'fence2/climb', active: true, priority: 1, value: 61.25 } as const;
  for (const at of [602.1, 602.2, 602.3]) tell(at, (id) => ({ kind: 'repeated', alarm: id('first'), ...again }));
  tell(602.4, (id) => ({ kind: 'joined', alarm: id('first'), incident: id('other'), why: 'neighbour' }));
  tell(602.7, (id) => ({ kind: 'displayed', alarm: id('first'), by: 'wall', page: 'wall' }));
  const told = { roles: ['head'], channels: [], why: 'unacknowledged' } as const;
  tell(603.2, (id) => ({ kind: 'escalated', alarm: id('first'), level: 5, ...told }));
  tell(604.3, (id) => ({ kind: 'acknowledged', alarm: id('first'), by: 'chen' }));
  tell(605.4, (id) => ({ kind: 'dispatched', alarm: id('first'), by: 'chen', to: 'zhang' }));
  tell(606.6, (id) => ({ kind: 'accepted', alarm: id('first'), by: 'zhang' }));
  tell(609.8, (id) => ({ kind: 'arrived', alarm: id('first'), by: 'li', how: 'scan' }));
  const brought = '1795399200000-1.jpg';
  tell(610.1, (id) => ({ kind: 'done', duty: `snapshot/${id('first')}`, ok: true, brought }));
  tell(611.9, (id) => ({ kind: 'returned-to-normal', alarm: id('first'), cause: 'fence/climb' }));
  tell(612.2, (id) => ({ kind: 'returned-to-normal', alarm: id('first'), cause: 'fence2/climb' }));
  tell(615.7, (id) => ({ kind: 'disposed', alarm: id('first'), by: 'liu', reason: 'A3', note: '两名学生捡球' }));
  tell(630.2, (id) => ({ kind: 'closed', alarm: id('first'), by: 'zhao', reason: 'A1', note: '已告知班主任' }));

  const masked = { key: 'cam/masked', alarm: 'masked', device: 'cam', cause: 'cam/masked', active: true } as const;
  tell(599, { kind: 'raised', ...masked, priority: 3 }, 'other');
  const text = '=HYPERLINK("x"),\n第二行';
  tell(
    700,
    { kind: 'raised', key: 'p3', alarm: 'missed', priority: 3, device: 'r3', cause: 'p3', active: false },
    'odd',
  );
  tell(701, (id) => ({ kind: 'dispatched', alarm: id('odd'), by: 'chen', to: 'guest' }));
  tell(705, (id) => ({ kind: 'arrived', alarm: id('odd'), by: '@guest', how: 'hand' }));
  tell(706, (id) => ({ kind: 'closed', alarm: id('odd'), by: '-1', reason: 'E1', note: text }));
}

/** Two rounds, one of which is under way, and a scan of each verdict. */
function rounds(days: Days): void {
  const tell = days.tell.bind(days, monday);
  const [evening, late] = ['night@2026-11-23T20:00', 'gate@2026-11-23T22:00'];
  const changed = { kind: 'round-changed', round: evening, route: 'night', start: monday + 1_200 * minute } as const;
  tell(1_199.1, { ...changed, how: 'covered', by: 'wang', reason: '=请假', person: 'zhang', of: 'li' });
  tell(1_200.2, {
    kind: 'opened',
    round: evening,
    route: 'night',
    start: monday + 1_200 * minute,
    person: 'li',
    second: 'wu',
    items: 17,
  });
  for (let n = 0; n < 11; n++) {
    const answer = { item: `i${n}`, value: n === 0, right: n === 0, by: 'li', person: 'li' } as const;
    tell(1_200.3, { kind: 'item-checked', round: evening, reader: 'r1', checkpoint: 'p1', ...answer });
  }
  tell(1_204.4, { ...changed, how: 'extended', by: 'chen', reason: '大雾', minutes: 20 });
  const counts = {
    'on-time': 9,
    early: 1,
    late: 4,
    missed: 2,
    'wrong-order': 3,
    'wrong-person': 5,
    'unknown-card': 6,
    'by-hand': 7,
    cancelled: 8,
  };
  const scan = { kind: 'checked', round: evening, card: '0F004EC101', person: 'zhang' } as const;
  const sourceTime = (minutes: number) => ({ sourceTime: monday + minutes * minute });
  tell(1_205.5, { ...scan, checkpoint: 'p1', verdict: 'on-time', ...sourceTime(1_205.4), offMs: 24_000 });
  tell(1_206.5, { ...scan, checkpoint: 'p2', verdict: 'early', ...sourceTime(1_206.3), offMs: -222_000 });
  tell(1_290.5, {
    ...scan,
    checkpoint: 'p3',
    verdict: 'late',
    ...sourceTime(1_219.2),
    offMs: 252_000,
    uploaded: true,
    planned: 'li',
    source: 'phone',
    before: 'missed',
  });
  tell(1_291.5, { ...scan, checkpoint: 'p1', verdict: 'wrong-order', ...sourceTime(1_230.1), person: 'guest' });
  tell(1_292.5, { kind: 'checked', round: evening, checkpoint: 'far', verdict: 'missed' });
  tell(1_293.7, { kind: 'completed', round: evening, counts, brokenAt: 'p3', seen: ['li', 'wu'] });
  const [card, batch] = ['0F004EC101', 'a1b2c3d4'];
  tell(1_300.1, { kind: 'imported', batch, file: '巡更棒.csv', by: 'wang', taken: 1, known: 0 });
  const ahead = { doubt: true, countedAs: monday + 1_299 * minute } as const;
  tell(1_300.1, {
    kind: 'touched',
    reader: 'r2',
    card,
    person: 'zhang',
    source: 'import',
    batch,
    by: 'zhao',
    reason: '棒已损坏',
    ...{ via: 'nfc', picture: '7-0.jpg', sha256: 'c0ffee' },
    ...sourceTime(1_305),
    ...ahead,
  });
  tell(1_300.2, { kind: 'touched', reader: 'r1', card: 'FFFF', source: 'online', ...sourceTime(1_300.2) });
  tell(1_300.3, { kind: 'import-undone', batch, by: 'wang' });
  const hand = { source: 'hand', by: 'wang', reason: '读卡器没电' } as const;
  tell(1_301.2, { kind: 'touched', reader: 'r3', card: '', person: 'li', ...hand, ...sourceTime(1_234) }, 'hand');
  tell(1_302.2, (id) => ({ kind: 'touch-withdrawn', touch: id('hand'), by: 'chen', reason: '写错人' }));
  tell(1_320.2, { kind: 'opened', round: late, route: 'gate', start: monday + 1_320 * minute });
}

/** What one alarm of Tuesday came to: minutes after it was raised. */
interface Course {
  readonly acked?: readonly [minutes: number, by: string];
  readonly arrived?: readonly [sent: number, there: number, who: string];
  readonly closed?: readonly [minutes: number, by: string, reason: string];
  /** It was over before anybody could look. */
  readonly fleeting?: true;
}

/** Alarms of which no two figures are alike, and what was put aside, left out and refused. */
function figures(days: Days): void {
  const tell = days.tell.bind(days, tuesday);
  let count = 0;
  const alarm = (at: number, place: 'z1' | 'z2' | 'cam', priority: Priority, course: Course = {}, twin = '') => {
    const name = `tuesday-${++count}`;
    const [kind, device] = place === 'cam' ? (['masked', 'cam'] as const) : (['climb', 'fence'] as const);
    const about = { device, cause: `${place}-${count}` };
    const key = `${place}/${kind}/${priority}${twin}`;
    const raised = {
      kind: 'raised',
      key,
      alarm: kind,
      ...about,
      priority,
      active: true,
      ...(place !== 'cam' && { zone: place }),
    } as const;
    tell(at, raised, name);
    const { acked, arrived, closed, fleeting } = course;
    if (fleeting) tell(at + 0.03, (id) => ({ kind: 'returned-to-normal', alarm: id(name), cause: about.cause }));
    if (acked) tell(at + acked[0], (id) => ({ kind: 'acknowledged', alarm: id(name), by: acked[1] }));
    if (arrived) {
      tell(at + arrived[0], (id) => ({ kind: 'dispatched', alarm: id(name), by: 'wang', to: arrived[2] }));
      tell(at + arrived[1], (id) => ({ kind: 'arrived', alarm: id(name), by: arrived[2], how: 'hand' }));
    }
    if (closed) tell(at + closed[0], (id) => ({ kind: 'closed', alarm: id(name), by: closed[1], reason: closed[2] }));
    return { name, about };
  };
  alarm(90, 'z1', 1, { acked: [0.2, 'wang'], arrived: [1, 4, 'li'], closed: [21, 'wang', 'A1'] });
  alarm(150, 'z1', 1, { acked: [0.3, 'wang'], closed: [33, 'chen', 'B1'] });
  alarm(215, 'z1', 1, { acked: [0.45, 'chen'], arrived: [1, 7.5, 'li'], closed: [12, 'wang', 'B2'] });
  alarm(300, 'z1', 1, { acked: [2.6, 'chen'], arrived: [3, 5.2, 'zhang'], closed: [47, 'wang', 'C1'] });
  alarm(390, 'z1', 2, { fleeting: true, acked: [1.7, 'wang'], closed: [140, 'chen', 'D1'] });
  alarm(480, 'z2', 2, { fleeting: true, acked: [5.1, 'wang'], closed: [8, 'wang', 'B3'] });
  const { name, about } = alarm(560, 'z2', 3, { acked: [11, 'wang'], closed: [75, 'wang', 'C2'] });
  for (const seconds of [20, 40, 55])
    tell(560 + seconds / 60, (id) => ({ kind: 'repeated', ...about, alarm: id(name), active: false, priority: 3 }));
  for (let n = 0; n < 12; n++) alarm(840 + n * 0.7, 'z2', 3, n < 5 ? { acked: [3 + 4 * n, 'chen'] } : {}, `/${n}`);
  alarm(1_439.9, 'cam', 2);
  alarm(1_300, 'z1', 1, { fleeting: true });
  alarm(1_439.8, 'cam', 1);
  for (const at of [610, 620, 630, 640]) alarm(at, 'cam', 4, {}, `/${at}`);

  const until = wednesday;
  for (const [n, reason] of ['风大', '修树', '', ' ', '风大'].entries())
    tell(900 + n, { kind: 'shelved', key: `z${n}`, alarm: 1, by: 'chen', reason, until });
  for (const n of [0, 1, 2])
    tell(910 + n, { kind: 'zone-armed', zone: 'z2', mode: 'inhibited', by: 'chen', reason: '修', until });
  for (const n of [0, 1])
    tell(920 + n, { kind: 'zone-armed', zone: 'z2', mode: 'out-of-service', by: 'chen', reason: '换线' });
  for (let n = 0; n < 7; n++)
    tell(930 + n, { kind: 'refused', by: 'zhang', command: { do: 'silence' }, why: 'no-right' });
  for (const at of [1, 700, 705]) tell(at, { kind: 'started', version: 'v', config: 'c', utcOffsetMin: 480 });
}

/** Everything that happened, as the journal would hold it. */
export function toldDays(): Event[] {
  const days = new Days();
  days.tell(monday, 0, { kind: 'started', version: 'v', config: 'c', utcOffsetMin: 480 });
  records(days);
  rounds(days);
  figures(days);
  return days.events();
}
