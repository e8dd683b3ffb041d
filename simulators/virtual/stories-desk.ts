/**
 * Nights in which the danger sits at the desk: somebody acknowledges and leaves, and somebody wants nothing to be seen to.
 */
import { climb, cut, openHousing } from './deeds.ts';
import { everyNight } from './night-scenes.ts';
import type { Story } from './script.ts';

const minuteMs = 60_000;
const evening = ['17:30', '20:45', '21:50', '23:40'] as const;

export const deskLeaves: Story = {
  id: 'desk-leaves',
  title: { zh: '值班员确认后离开', en: 'the desk acknowledges and leaves' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    s.at(0.01, ({ room }) => room.neglect(0.9 * s.minutes * minuteMs)),
    ...s.some(3, (on) => climb(on, s.zone(), s.seconds(4, 40)), 0.4),
    ...s.some(1, (on) => cut(on, s.zone(), s.lasting(3, 10)), 0.4),
    ...s.some(2, (on) => openHousing(on, s.of('fence'), s.lasting(1, 5)), 0.4),
    ...s.some(1, ({ machine }) => machine.die(s.lasting(0.2, 5))),
  ],
};

/** Nobody stands where the chain leads: accounts are disabled, messages are refused, and the head has no page open. */
export const emptyChairs: Story = {
  id: 'empty-chairs',
  title: { zh: '该通知的人都不在', en: 'nobody where the chain leads' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    s.at(0.1, (on) => {
      on.room.sendHome(0.6 * s.minutes * minuteMs);
      on.machine.vexChannels(0.4 * s.minutes * minuteMs, { fails: 1 });
    }),
    // One before the accounts are gone, and is waiting when they go.
    s.at(0.09, (on) => openHousing(on, s.of('fence'), s.lasting(1, 5))),
    ...s.some(3, (on) => climb(on, s.zone(), s.seconds(4, 40)), 0.6),
    ...s.some(2, (on) => openHousing(on, s.of('fence'), s.lasting(1, 5)), 0.6),
    ...s.some(1, ({ machine }) => machine.die(s.lasting(0.2, 3)), 0.6),
  ],
};

export const limitsLoosened: Story = {
  id: 'limits-loosened',
  title: { zh: '有人要把围栏调迟钝', en: 'somebody wants the fence to tell less' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    s.at(0.02, ({ room }) => room.loosen(3, s.lasting(4, 20))),
    s.at(0.6, ({ room }) => room.loosen(2, s.lasting(4, 12))),
    ...s.some(2, (on) => climb(on, s.zone(), s.seconds(4, 40)), 0.9),
    ...s.some(1, ({ machine }) => machine.die(s.lasting(0.2, 5))),
  ],
};

export const insider: Story = {
  id: 'insider',
  title: { zh: '值班员是内应', en: 'an insider at the desk' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    s.at(0.01, ({ room }) => room.betray(0.9 * s.minutes * minuteMs)),
    ...s.some(3, (on) => climb(on, s.zone(), s.seconds(4, 40)), 0.3),
    ...s.some(1, (on) => cut(on, s.zone(), s.lasting(3, 10)), 0.3),
  ],
};
