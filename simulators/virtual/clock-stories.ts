/**
 * Nights on which somebody sets the clock of the gateway's machine.
 */

import { climb, switchOff } from './deeds.ts';
import { badInflux, everyNight } from './night-scenes.ts';
import type { Story } from './script.ts';

const minuteMs = 60_000;

export const clockStep: Story = {
  id: 'clock-step',
  title: { zh: '时钟被改', en: 'the clock is set' },
  begins: ['17:30', '21:50'],
  hours: 3,
  scenes: (s) => {
    const ahead = s.lasting(10, 150) * (s.chance.happens(0.5) ? 1 : -1);
    return [
      ...everyNight(s),
      s.at(0.2, ({ machine }) => machine.setClock(ahead)),
      s.at(0.55, ({ machine }) => machine.setClock(-1.4 * ahead)),
      ...s.some(4, (on) => climb(on, s.zone(), s.seconds(4, 40))),
      ...s.some(1, (on) => switchOff(on, s.device(), 3 * minuteMs)),
      ...s.some(1, ({ machine }) => machine.stall(s.seconds(3, 40))),
      ...badInflux(s.apart('influx')),
    ];
  },
};

/** The clock is set back, ahead, by years, while somebody hangs on the fence, and while the gateway is not there to see it. */
export const clockSteps: Story = {
  id: 'clock-steps',
  title: { zh: '时钟一再被改', en: 'clock steps' },
  begins: ['05:30', '17:30', '21:50'],
  hours: 3,
  scenes: (s) => {
    const years = s.lasting(1, 10) * 60 * 24 * 365;
    const away = s.lasting(30, 200);
    return [
      ...everyNight(s),
      s.at(0.08, (on) => {
        climb(on, s.zone(), s.seconds(20, 40));
        on.timeline.after(s.seconds(3, 9), () => on.machine.setClock(-s.lasting(5, 90)));
      }),
      s.at(0.25, ({ machine }) => machine.setClock(s.lasting(5, 400))),
      s.at(0.4, (on) => {
        on.machine.setClock(years);
        climb(on, s.zone(), s.seconds(10, 40));
      }),
      s.at(0.5, ({ machine }) => machine.setClock(-years)),
      // It is off when somebody sets its clock back: it starts with a question, and somebody climbs meanwhile.
      s.at(0.6, (on) => {
        on.machine.die(20_000);
        on.timeline.after(10_000, () => on.machine.setClock(-away));
        on.timeline.after(35_000, () => climb(on, s.zone(), s.seconds(10, 40)));
      }),
      s.at(0.85, ({ machine }) => machine.setClock(away)),
      ...s.some(2, (on) => climb(on, s.zone(), s.seconds(4, 40))),
    ];
  },
};
