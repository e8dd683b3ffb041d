/**
 * Nights, scripted as stories over the verbs of the school and the misfortunes of the machine. They say what happens and
 * never what the gateway should make of it: that is for the checkers, who know the truth.
 */

import { clockStep, clockSteps } from './clock-stories.ts';
import {
  climb,
  coverLens,
  coverUnplugged,
  cut,
  cutLine,
  cutMains,
  deafen,
  freeze,
  openHousing,
  pressButton,
  shakeNetwork,
  slacken,
  switchOff,
  unplug,
  visit,
} from './deeds.ts';
import { badInflux, emptyRoom, everyNight, tooMuch, walkTest } from './night-scenes.ts';
import type { Story } from './script.ts';
import { deskLeaves, emptyChairs, insider, limitsLoosened } from './stories-desk.ts';
import { bypassBlink, comesAndGoes, fenceUnheard, freeHands, proppedApart, stillWires } from './stories-fence.ts';
import { schoolGates } from './stories-gate.ts';
import { floodOneRobot, nobodyAnswers, robotDown } from './stories-telling.ts';

const minuteMs = 60_000;
const evening = ['17:30', '20:45', '21:50', '23:40'] as const;

const calm: Story = {
  id: 'calm',
  title: { zh: '平静的一夜', en: 'a calm night' },
  begins: ['17:30', '05:30', '21:50'],
  hours: 2,
  scenes: everyNight,
};

const schoolDay: Story = {
  id: 'school-day',
  title: { zh: '上课日的白天', en: 'a school day' },
  begins: ['07:30', '09:40', '13:00', '16:50'],
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    // Nothing of this waits for a zone to be armed.
    ...s.some(4, (on) => openHousing(on, s.of('fence'), s.lasting(1, 9))),
    ...s.some(2, (on) => switchOff(on, s.device(), s.lasting(0.5, 4))),
    ...s.some(1, (on) => pressButton(on, 3_000)),
    ...s.some(1, (on) => coverLens(on, s.of('camera'), s.lasting(1, 9))),
    // Pupils at a fence that is not armed.
    ...s.some(3, (on) => climb(on, s.zone(), s.seconds(4, 30))),
    walkTest(s.apart('walk')),
  ],
};

const intrusion: Story = {
  id: 'intrusion',
  title: { zh: '有人入侵', en: 'intruders' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(4, (on) => climb(on, s.zone(), s.seconds(4, 40))),
    ...s.some(1, (on) => cut(on, s.zone(), s.lasting(3, 30))),
    ...s.some(1, (on) => coverLens(on, s.of('camera'), s.lasting(1, 9))),
    ...s.some(1, (on) => openHousing(on, s.device(), s.lasting(1, 5))),
    walkTest(s.apart('walk')),
    ...emptyRoom(s.apart('room')),
  ],
};

const storm: Story = {
  id: 'storm',
  title: { zh: '暴风雨', en: 'a storm' },
  begins: evening,
  hours: 3,
  scenes: (s) => [
    ...everyNight(s),
    s.at(0.03, (on) => shakeNetwork(on, 0.7 * s.minutes * minuteMs, 4 * minuteMs)),
    ...s.some(Math.ceil(s.minutes / 8), (on) => visit(on, s.zone(), 'branch', s.seconds(1, 20), s.chance.happens(0.7))),
    ...s.some(2, (on) => slacken(on, s.zone(), s.lasting(1, 10))),
    ...s.some(2, (on) => cutLine(on, s.line(), s.seconds(2, 300))),
    ...s.some(1, (on) => cutMains(on, s.lasting(0.2, 6))),
    ...s.some(1, (on) => climb(on, s.zone(), s.seconds(4, 20))),
    ...s.some(1, ({ machine }) => machine.vexRequests(10 * minuteMs, { fails: 0.3, hangs: 0.1 })),
    s.at(0.3, ({ machine }) => machine.loseInflux(0.2 * s.minutes * minuteMs)),
    tooMuch(s.apart('flood')),
  ],
};

const powerCut: Story = {
  id: 'power-cut',
  title: { zh: '停电', en: 'a power cut' },
  begins: evening,
  hours: 2,
  scenes: (s) => {
    const dark = s.chance.between(0.2, 0.4);
    return [
      ...everyNight(s),
      s.at(dark, (on) => cutMains(on, s.chance.between(0.2, 0.4) * s.minutes * minuteMs)),
      // The battery of the gateway's machine does not last.
      s.at(dark + s.chance.between(0.1, 0.15), ({ machine }) => machine.die(s.lasting(1, 10))),
      ...s.some(2, (on) => climb(on, s.zone(), s.seconds(5, 40))),
      s.at(dark + 0.01, (on) => switchOff(on, s.device(), 3 * minuteMs)),
      ...emptyRoom(s.apart('room')),
    ];
  },
};

const guardLate: Story = {
  id: 'guard-late',
  title: { zh: '保安迟到', en: 'the guard is late' },
  begins: ['20:45', '21:50', '23:50'],
  hours: 3,
  guards: 'late',
  scenes: (s) => [
    ...everyNight(s),
    // A reader without its network keeps the scans and hands them in much later.
    ...s.some(2, (on) => unplug(on, s.of('reader'), s.lasting(5, 50))),
    ...s.some(1, ({ machine }) => machine.die(s.lasting(0.2, 15))),
  ],
};

const tagsInDrawer: Story = {
  id: 'tags-in-drawer',
  title: { zh: '信息钮放在抽屉里', en: 'the chips in a drawer' },
  begins: ['20:45', '21:50', '23:50'],
  hours: 3,
  guards: 'drawer',
  scenes: (s) => [...everyNight(s), ...s.some(1, (on) => unplug(on, s.of('reader'), s.lasting(5, 50)))],
};

const readersAway: Story = {
  id: 'readers-away',
  title: { zh: '读卡器断网，事后补传', en: 'readers without a network, that tell later' },
  begins: ['20:55', '21:58', '23:58'],
  hours: 3,
  scenes: (s) => [
    ...everyNight(s),
    // Past the time of their points, so that these are told as missed, and then handed in.
    ...[1, 2, 3, 4].map(() => s.at(s.chance.between(0, 0.1), (on) => unplug(on, s.of('reader'), s.lasting(14, 30)))),
  ],
};

const cameraDeaf: Story = {
  id: 'camera-deaf',
  title: { zh: '摄像机失聪', en: 'a deaf camera' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(2, (on) => deafen(on, s.of('camera'), s.lasting(12, 25)), 0.7),
    ...s.some(2, (on) => switchOff(on, s.of('camera'), s.lasting(1, 6))),
    ...s.some(2, (on) => coverLens(on, s.of('camera'), s.lasting(1, 6))),
    ...s.some(2, (on) => freeze(on, s.device(), s.lasting(1, 4))),
    ...s.some(1, ({ machine }) => machine.vexRequests(15 * minuteMs, { fails: 0.2, hangs: 0.2, late: 0.3 })),
    ...s.some(1, (on) => climb(on, s.zone(), 20_000)),
  ],
};

/** What is done to a camera while nobody can hear it: its cable is out, it has no power, or the gateway itself is away. */
const cableMaskCable: Story = {
  id: 'cable-mask-cable',
  title: { zh: '拔线、遮挡、插回', en: 'cable, mask, cable' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(3, (on) => coverUnplugged(on, s.of('camera'), s.seconds(10, 200)), 0.8),
    ...s.some(1, (on) => {
      const camera = s.of('camera');
      switchOff(on, camera, 2 * minuteMs);
      on.timeline.after(minuteMs, () => coverLens(on, camera, 8 * minuteMs));
    }),
    // The gateway is away while a lens is covered, and while it is uncovered.
    s.at(0.3, (on) => {
      on.machine.die(40_000);
      on.timeline.after(15_000, () => coverLens(on, s.of('camera'), s.lasting(4, 9)));
    }),
    ...s.some(1, (on) => {
      const camera = s.of('camera');
      coverLens(on, camera, 90_000);
      on.timeline.after(60_000, () => unplug(on, camera, 2 * minuteMs));
    }),
  ],
};

const influxAway: Story = {
  id: 'influx-away',
  title: { zh: 'InfluxDB 停了 13 小时', en: 'InfluxDB away for 13 hours' },
  begins: ['17:30'],
  hours: 14,
  scenes: (s) => [
    ...everyNight(s),
    s.at(0.02, ({ machine }) => machine.loseInflux((13 / 14) * s.minutes * minuteMs)),
    ...s.some(2, (on) => climb(on, s.zone(), 20_000)),
    ...s.some(1, ({ machine }) => machine.die(30_000)),
    ...badInflux(s.apart('influx')),
    // The gateway dies while what it sends of its backlog may be in already.
    s.at(0.955, ({ machine }) => machine.vexInflux(minuteMs, { slow: 0.5, busy: 0.3 })),
    s.at(0.96, ({ machine }) => machine.die(2_000)),
  ],
};

const twoAtOnce: Story = {
  id: 'two-at-once',
  title: { zh: '两处同时', en: 'two at once' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(3, (on) => {
      climb(on, s.zone(), s.seconds(4, 30));
      on.timeline.after(s.chance.pick([0, 1, 3, 900]), () => climb(on, s.zone(), s.seconds(4, 30)));
      if (s.chance.happens(0.5)) pressButton(on, 2_000);
      if (s.chance.happens(0.5)) on.machine.slowCommit(s.seconds(0.2, 4));
    }),
    ...s.some(2, (on) => {
      on.machine.dieAtCommit(s.chance.pick(['before', 'after']));
      climb(on, s.zone(), 15_000);
    }),
    s.at(0.5, (on) => shakeNetwork(on, 20 * minuteMs, minuteMs)),
  ],
};

const badDisk: Story = {
  id: 'bad-disk',
  title: { zh: '磁盘出问题', en: 'a bad disk' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(3, (on) => {
      on.machine.fillDisk(s.seconds(2, 90));
      on.timeline.after(1_500, () => climb(on, s.zone(), 20_000));
    }),
    ...s.some(3, ({ machine }) => machine.slowCommit(s.seconds(0.3, 15))),
    ...s.some(3, ({ machine }) => machine.failCommit()),
    ...s.some(3, (on) => {
      on.machine.dieAtCommit(s.chance.pick(['before', 'after']));
      if (s.chance.happens(0.5)) climb(on, s.zone(), 10_000);
    }),
    ...emptyRoom(s.apart('room')),
    ...badInflux(s.apart('influx')),
  ],
};

const journalGone: Story = {
  id: 'journal-gone',
  title: { zh: '日志被移走', en: 'the journal is taken away' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    // Once while something happens, and once in the quiet.
    ...s.some(2, (on) => {
      on.machine.takeJournal(s.seconds(20, 200));
      on.timeline.after(1_500, () => climb(on, s.zone(), 20_000));
    }),
    ...s.some(2, ({ machine }) => machine.takeJournal(s.seconds(20, 90))),
  ],
};

const all = [
  calm,
  schoolDay,
  schoolGates,
  intrusion,
  storm,
  powerCut,
  guardLate,
  tagsInDrawer,
  readersAway,
  cameraDeaf,
  cableMaskCable,
  influxAway,
  clockStep,
  clockSteps,
  twoAtOnce,
  deskLeaves,
  insider,
  emptyChairs,
  limitsLoosened,
  badDisk,
  journalGone,
  freeHands,
  bypassBlink,
  comesAndGoes,
  fenceUnheard,
  stillWires,
  proppedApart,
  robotDown,
  nobodyAnswers,
  floodOneRobot,
];

/** Every story by its name. */
export const stories: ReadonlyMap<string, Story> = new Map(all.map((story) => [story.id, story]));
