/**
 * Nights in which messages matter: the group's robot is down for hours, nobody answers, and one robot has to tell of a flood. Persons are
 * told by ladders; what the gateway should make of it is not said here.
 */
import { climb, cut, openHousing, unplug } from './deeds.ts';
import { everyNight, tooMuch } from './night-scenes.ts';
import type { Story } from './script.ts';

const minuteMs = 60_000;
const evening = ['17:30', '20:45', '21:50', '23:40'] as const;

export const robotDown: Story = {
  id: 'robot-down',
  title: { zh: '群机器人整夜失灵', en: 'the robot of the group is down' },
  begins: evening,
  hours: 2,
  ladders: true,
  // Missed checkpoints are not urgent.
  guards: 'late',
  scenes: (s) => [
    ...everyNight(s),
    // What is ordinary is told beyond the screens only while nobody sits there.
    s.at(0.03, ({ room }) => room.leave(0.4 * s.minutes * minuteMs)),
    s.at(0.05, ({ machine }) =>
      machine.vexChannels(0.4 * s.minutes * minuteMs, { fails: 0.3, hangs: 0.3, late: 0.2, tooFast: 0.1 }),
    ),
    s.at(0.5, ({ machine }) => machine.vexChannels(0.4 * s.minutes * minuteMs, { hangs: 1 })),
    ...s.some(5, (on) => climb(on, s.zone(), s.seconds(4, 40))),
    ...s.some(4, (on) => openHousing(on, s.of('fence'), s.lasting(1, 5))),
    ...s.some(8, (on) => unplug(on, s.of('reader'), s.lasting(2, 6))),
  ],
};

export const nobodyAnswers: Story = {
  id: 'nobody-answers',
  title: { zh: '没有人应答', en: 'nobody answers' },
  begins: evening,
  hours: 2,
  ladders: true,
  scenes: (s) => [
    ...everyNight(s),
    s.at(0.02, ({ room }) => room.leave(0.8 * s.minutes * minuteMs)),
    ...s.some(2, (on) => climb(on, s.zone(), s.seconds(4, 40)), 0.3),
    ...s.some(2, (on) => openHousing(on, s.of('fence'), s.lasting(1, 5)), 0.3),
    ...s.some(2, (on) => {
      on.machine.dieAtCommit(s.chance.pick(['before', 'after']));
      climb(on, s.zone(), s.seconds(4, 20));
    }),
  ],
};

export const floodOneRobot: Story = {
  id: 'flood-one-robot',
  title: { zh: '报警成群，只有一个机器人', en: 'a flood, and one robot to tell of it' },
  begins: evening,
  hours: 2,
  ladders: true,
  scenes: (s) => [
    ...everyNight(s),
    tooMuch(s.apart('flood')),
    s.at(0.3, ({ room }) => room.leave(0.3 * s.minutes * minuteMs)),
    ...s.some(3, (on) => climb(on, s.zone(), s.seconds(4, 40))),
    ...s.some(1, (on) => cut(on, s.zone(), s.lasting(3, 10))),
    ...s.some(3, ({ machine }) => machine.die(s.seconds(2, 20))),
  ],
};
