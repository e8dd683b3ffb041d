/**
 * Nights in which somebody knows how a fence is watched: who climbs in seconds, right after a bypass or while nobody listens, and
 * whose readings are none.
 */
import { climb, cut, falter, propApart, slipOver, stillHost, unplug } from './deeds.ts';
import { everyNight } from './night-scenes.ts';
import type { Story } from './script.ts';

const evening = ['17:30', '20:45', '21:50', '23:40'] as const;

/** Who climbs knows how: seconds, free hands, now and then right after a bypass. */
export const freeHands: Story = {
  id: 'free-hands',
  title: { zh: '徒手快速翻越', en: 'quick climbers' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(8, (on) => slipOver(on, s.zone(), s.seconds(3, 8), s.chance.happens(0.3))),
  ],
};

/** Bypassed for a second, and somebody is over before anybody could have learned the wires anew. */
export const bypassBlink: Story = {
  id: 'bypass-blink',
  title: { zh: '旁路一瞬间', en: 'a blink of bypass' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(6, (on) => {
      const zone = s.zone();
      on.room.bypass(zone, s.seconds(1, 5));
      on.timeline.after(s.seconds(5.5, 30), () => slipOver(on, zone, s.seconds(4, 8), false));
    }),
  ],
};

/** A fence host is not heard for minutes; somebody is over, or cuts a wire, while nobody listens. */
export const fenceUnheard: Story = {
  id: 'fence-unheard',
  title: { zh: '围栏失联', en: 'a fence nobody hears' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(4, (on) => {
      const zone = s.zone();
      const ms = s.lasting(1, 5);
      for (const { device } of on.school.sensors(zone, ['pull', 'climb'])) unplug(on, device.id, ms);
      on.timeline.after(0.3 * ms, () => climb(on, zone, 0.3 * ms));
      if (s.chance.happens(0.5)) on.timeline.after(0.5 * ms, () => cut(on, zone, ms + s.lasting(3, 8)));
    }),
  ],
};

/** Readings of a host stand still by day, while the rest of its side moves with the sun. */
export const stillWires: Story = {
  id: 'still-wires',
  title: { zh: '读数不动的主机', en: 'a host that stands still' },
  begins: ['07:30', '09:40', '13:00'],
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...Array.from({ length: 2 }, () =>
      s.at(s.chance.between(0.2, 0.5), (on) => stillHost(on, s.of('fence'), s.lasting(12, 25))),
    ),
    ...s.some(2, (on) => climb(on, s.zone(), s.seconds(4, 30))),
  ],
};

/** Wires are propped apart for minutes, now and then while their zone is bypassed for a moment. */
export const proppedApart: Story = {
  id: 'propped-apart',
  title: { zh: '撑开的围栏', en: 'wires propped apart' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(4, (on) => {
      const zone = s.zone();
      const ms = s.lasting(2, 7);
      propApart(on, zone, ms);
      if (s.chance.happens(0.3)) on.timeline.after(0.4 * ms, () => on.room.bypass(zone, s.seconds(1, 5)));
    }),
  ],
};

/**
 * A device falls silent several times within seconds, each time a little shorter or a little longer than it may; the disk now and then
 * takes nothing meanwhile, and its zone is bypassed and armed in between.
 */
export const comesAndGoes: Story = {
  id: 'comes-and-goes',
  title: { zh: '设备忽断忽通', en: 'a device that comes and goes' },
  begins: evening,
  hours: 2,
  scenes: (s) => [
    ...everyNight(s),
    ...s.some(10, (on) => {
      // What is polled is found out by its line; what speaks by itself, by its silence alone.
      const robots = Object.values(on.school.site.devices).filter(({ id }) => on.school.boxes.get(id)?.robot);
      const quickest = robots.filter(({ staleMs }) => staleMs === Math.min(...robots.map((one) => one.staleMs)));
      const device = on.school.site.devices[s.device()]!;
      const one = robots.length === 0 ? device : s.chance.pick(s.chance.happens(0.6) ? quickest : robots);
      const silences = Array.from({ length: 3 }, () =>
        Math.max(500, one.staleMs + s.chance.pick([-2_000, 60, 200, 400, 700, 950, 5_000])),
      );
      falter(on, one.id, silences, s.seconds(0.3, 4));
      if (s.chance.happens(0.3)) on.timeline.after(silences[0]! / 2, () => on.machine.fillDisk(one.staleMs + 8_000));
      const [zone] = one.zones;
      if (zone === undefined || s.chance.happens(0.5)) return;
      on.timeline.after(silences[0]!, () => on.room.bypass(zone, s.seconds(0.2, 3)));
    }),
    ...s.some(2, (on) => climb(on, s.zone(), s.seconds(4, 30))),
  ],
};
