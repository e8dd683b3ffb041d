/**
 * Scenes that several stories share: what happens on any night, an InfluxDB that behaves badly, a walk test, more than one person
 * can see to, and a room that is empty.
 */
import { climb, openHousing, slacken, unplug, visit } from './deeds.ts';
import type { Script } from './script.ts';
import type { Scene } from './stage.ts';

const minuteMs = 60_000;

/** What happens on any night: a cat, a loose cable, a commit that fails, now and then a crash. */
export function everyNight(s: Script): Scene[] {
  const crashes = s.chance.happens(0.4) ? 1 : 0;
  return [
    ...s.some(1, (on) => visit(on, s.zone(), s.chance.pick(['cat', 'bird']), 1_500, s.chance.happens(0.7))),
    ...s.some(1, (on) => unplug(on, s.device(), s.seconds(5, 120))),
    ...s.some(1, ({ machine }) => machine.failCommit()),
    ...s.some(crashes, ({ machine }) => machine.dieAtCommit(s.chance.pick(['before', 'after']))),
  ];
}

/** InfluxDB dawdles, takes points without saying so or none at all, and refuses some for good. */
export function badInflux(s: Script): Scene[] {
  return [
    ...s.some(3, ({ machine }) => machine.vexInflux(s.lasting(3, 7), { slow: 0.2, deaf: 0.2, busy: 0.3 })),
    ...s.some(1, ({ machine }) => machine.confuseInflux(s.lasting(2, 8), s.gauge())),
  ];
}

/** Two zones are walked in turn, a third is climbed meanwhile, and somebody hangs on the fence when the test ends. */
export function walkTest(s: Script): Scene {
  const [one, two, other] = [s.zone(), s.zone(), s.zone()];
  return s.at(s.chance.between(0.1, 0.6), (on) => {
    on.room.walk([one, two], 6);
    for (const [minutes, zone] of [
      [1, one],
      [2, two],
      [3, one],
      [3.5, other],
      [4, two],
      [5.8, one],
    ] as const)
      on.timeline.after(minutes * minuteMs, () => climb(on, zone, s.seconds(5, 40)));
  });
}

/** Everything along the fence moves within a minute, and more is opened and torn loose: more than one person can see to. */
export function tooMuch(s: Script): Scene {
  return s.at(s.chance.between(0.2, 0.6), (on) => {
    for (const zone of Object.keys(on.school.site.zones))
      on.timeline.after(s.seconds(0, 60), () => visit(on, zone, 'branch', s.seconds(4, 20), true));
    for (let i = 0; i < 6; i++)
      on.timeline.after(s.seconds(30, 200), () => openHousing(on, s.device(), s.lasting(1, 3)));
    on.timeline.after(s.seconds(60, 120), () => unplug(on, s.of('reader'), s.lasting(2, 4)));
    on.timeline.after(s.seconds(90, 200), () => slacken(on, s.zone(), s.lasting(1, 3)));
  });
}

/** The wall goes dark, messages do not get through, and for a while nobody is in the room. */
export function emptyRoom(s: Script): Scene[] {
  return [
    ...s.some(1, ({ machine }) => machine.darkenWall(s.lasting(2, 8)), 0.6),
    ...s.some(2, ({ machine }) => machine.vexChannels(s.lasting(5, 12), { fails: 0.6, hangs: 0.2, late: 0.1 })),
    ...s.some(2, ({ room }) => room.leave(s.lasting(3, 8))),
  ];
}
