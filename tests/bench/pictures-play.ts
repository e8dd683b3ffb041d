/** One camera's share of the picture bench: it learns its room, is tampered with in every way, or lives through a clean day; what the judge said of it. */

import { KitchenCamera, type Tampering } from '../../simulators/pictures/kitchen-day.ts';
import { coverKinds } from '../../simulators/pictures/lens-cover.ts';
import { Chance } from '../../simulators/virtual/chance.ts';
import { judgeStill } from '../../src/core/camera/judge-still.ts';
import { pictureMemory } from '../../src/core/camera/picture-memory.ts';
import type { PictureHours, PictureSign } from '../../src/core/types.ts';
import { stillFeatures } from '../../src/picture/still-features.ts';

export interface PicturesJob {
  readonly seed: string;
  /** A clean day, or every kind of tampering. */
  readonly play: 'day' | 'acts';
}
export type LightKind = 'day' | 'lamps' | 'infrared';
/** What kind of room and camera it was, so that a kind that is judged badly is not lost in the sum. */
export interface PicturesScene {
  readonly windowless: boolean;
  readonly infrared: boolean;
  /** It writes a clock into the picture. */
  readonly clock: boolean;
  readonly shakes: boolean;
  /** It sends fields that hardly changed not anew, or smooths over time: what a frozen picture is like. */
  readonly calm: boolean;
  /** JPEG below 50. */
  readonly coarse: boolean;
}
export interface ActPlayed {
  readonly act: string;
  readonly light: LightKind;
  readonly said: readonly PictureSign[];
  /** Stills until the first word of those that would do. */
  readonly after: number | undefined;
  readonly found: boolean;
}
export interface PicturesPlayed {
  readonly seed: string;
  readonly scene: PicturesScene;
  readonly acts: readonly ActPlayed[];
  /** Words of clean hours, and how long these were. */
  readonly hours: number;
  readonly false: readonly { readonly sign: PictureSign; readonly hour: number; readonly hours: PictureHours }[];
  readonly stills: number;
}

const stepSec = 30;
const daySec = 86_400;
/** A word that comes later than a quarter of an hour is none; of a picture that hardly stirs, than thirty-five minutes. */
const actStills = 30;
const quietStills = 70;
const size = { width: 384, height: 216 };

interface ActPlan {
  readonly act: string;
  readonly tampering: Tampering;
  /** Words that would do; the first is the right one. */
  readonly wanted: readonly PictureSign[];
}

function plansOf(chance: Chance): ActPlan[] {
  return [
    ...coverKinds.map(
      (kind): ActPlan => ({
        act: kind,
        tampering: { do: 'cover', kind },
        wanted: ['covered', 'dark', 'overexposed', ...(kind === 'bag' ? ['blurred' as const] : [])],
      }),
    ),
    ...(
      [
        [5, 10],
        [10, 20],
        [20, 40],
        [40, 60],
      ] as const
    ).map(
      ([from, to]): ActPlan => ({
        act: `turned ${from}–${to}°`,
        tampering: { do: 'turn', degrees: chance.between(from, to) },
        wanted: ['moved'],
      }),
    ),
    { act: 'frozen, same bytes', tampering: { do: 'freeze', how: 'bytes' }, wanted: ['frozen'] },
    { act: 'frozen, clock goes', tampering: { do: 'freeze', how: 'clock-goes' }, wanted: ['frozen'] },
    { act: 'frozen, sent anew', tampering: { do: 'freeze', how: 'clock-stands' }, wanted: ['frozen'] },
    { act: 'black', tampering: { do: 'black' }, wanted: ['dark', 'covered', 'frozen'] },
    { act: 'white', tampering: { do: 'white' }, wanted: ['overexposed'] },
    {
      act: 'out of focus',
      tampering: { do: 'defocus', pixels: chance.between(2.5, 8) },
      wanted: ['blurred', 'covered'],
    },
  ];
}

class Watched {
  readonly camera: KitchenCamera;
  readonly memory = pictureMemory();
  stills = 0;

  constructor(seed: string) {
    this.camera = new KitchenCamera(new Chance(seed), size);
  }

  scene(): PicturesScene {
    const { windowless, sensor } = this.camera.traits;
    return {
      windowless,
      infrared: sensor.infrared,
      clock: sensor.clock !== undefined,
      shakes: sensor.shake > 0,
      calm: sensor.still > 0 || sensor.smooth > 0,
      coarse: sensor.quality < 50,
    };
  }

  async look(
    second: number,
  ): Promise<{ readonly said: readonly PictureSign[]; readonly hours: PictureHours; readonly mean: number }> {
    const jpeg = await this.camera.still(second);
    if (!jpeg) return { said: [], hours: 'day', mean: 0 };
    this.stills++;
    const time = second % daySec;
    const { opens, closes } = this.camera.traits;
    // The hours of the configuration begin later and end earlier than the lamps.
    const open = time >= opens + 900 && time < closes - 900;
    const still = await stillFeatures(jpeg);
    const { said, hours } = judgeStill(this.memory, still, { day: time >= 21_600 && time < 64_800, open });
    return { said: said.flatMap(({ sign, active }) => (active ? [sign] : [])), hours, mean: still.mean };
  }
}

/** Lets it learn what it can: by day, by lamps and by night. */
async function learn(watched: Watched, from: readonly number[]): Promise<void> {
  for (const begin of from) {
    await watched.look(begin);
    // What the camera had before was another hour; it has to find its exposure.
    for (let n = 1; n <= 28; n++) await watched.look(begin + n * stepSec);
  }
  watched.memory.held.clear();
}

export async function playPictures({ seed, play }: PicturesJob): Promise<PicturesPlayed> {
  const watched = new Watched(seed);
  return play === 'day' ? await cleanDay(watched, seed) : await everyAct(watched, seed);
}

async function cleanDay(watched: Watched, seed: string): Promise<PicturesPlayed> {
  await learn(watched, [watched.camera.traits.opens + 5_400]);
  const wrong: { sign: PictureSign; hour: number; hours: PictureHours }[] = [];
  // All of the next day: lamps go on and off, the sun comes and goes, and at night it has its first hours of that kind.
  for (let second = daySec; second < 2 * daySec; second += stepSec) {
    const { said, hours: by } = await watched.look(second);
    for (const sign of said) wrong.push({ sign, hour: Math.round((second % daySec) / 360) / 10, hours: by });
  }
  return { seed, scene: watched.scene(), acts: [], hours: 24, false: wrong, stills: watched.stills };
}

async function everyAct(watched: Watched, seed: string): Promise<PicturesPlayed> {
  const { opens, closes, sensor } = watched.camera.traits;
  const chance = new Chance(`${seed}/acts`);
  await learn(watched, [opens + 7_200, closes - 2_400, ...(sensor.infrared ? [daySec + 7_200] : [])]);
  const lights: readonly LightKind[] =
    sensor.infrared && watched.memory.references.has('infrared') ? ['day', 'lamps', 'infrared'] : ['day', 'lamps'];
  const acts: ActPlayed[] = [];
  for (const [n, plan] of plansOf(chance).entries()) {
    const light = lights[(n + Math.floor(chance.random() * 3)) % lights.length]!;
    // Two days on, so that nothing is as it was while it learned.
    const begin =
      2 * daySec +
      (light === 'day'
        ? chance.between(opens + 10_800, closes - 14_400)
        : light === 'lamps'
          ? closes - 4_500
          : daySec + 10_800);
    watched.camera.tamper({ do: 'none' });
    for (let still = -12; still < 0; still++) await watched.look(begin + still * stepSec);
    watched.memory.held.clear();
    watched.camera.tamper(plan.tampering);
    const quiet =
      plan.tampering.do === 'freeze' &&
      (watched.memory.references.get(light === 'infrared' ? 'infrared' : 'day')?.stir ?? 0) < 0.12;
    acts.push(await playAct(watched, plan, light, begin, quiet ? quietStills : actStills));
  }
  return { seed, scene: watched.scene(), acts, hours: 0, false: [], stills: watched.stills };
}

async function playAct(
  watched: Watched,
  { act, wanted }: ActPlan,
  light: LightKind,
  begin: number,
  most: number,
): Promise<ActPlayed> {
  const all: PictureSign[] = [];
  for (let still = 0; still < most; still++) {
    all.push(...(await watched.look(begin + still * stepSec)).said);
    if (all.some((sign) => wanted.includes(sign))) return { act, light, said: all, after: still + 1, found: true };
  }
  return { act, light, said: all, after: undefined, found: false };
}
