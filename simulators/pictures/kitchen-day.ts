/**
 * A day before one camera: sun, clouds and lamps, people who work and clean, steam, trolleys that are left, a lens that is wiped, rain and insects
 * on the dome, a camera that starts anew. None of it is a sign of anything. What is done to the camera is asked for beside it.
 */
import { smooth } from '../fence/random.ts';
import type { Chance } from '../virtual/chance.ts';
import { drawTraffic, type KitchenTraffic, type Spell } from './kitchen-traffic.ts';
import { type CoverKind, defocus, drawCover, type LensCover, lay } from './lens-cover.ts';
import { drawSensor, PictureSensor, type SensorTraits } from './picture-sensor.ts';
import { lightUp, type RoomLight, sunlit } from './room-light.ts';
import {
  type CameraPose,
  drawPose,
  drawRoom,
  lookInto,
  type Point3,
  type RoomPlan,
  type SeenSurface,
} from './room-view.ts';
import { castBoxes, person } from './view-boxes.ts';

/** What is done to the camera, from now on; `none` ends it. */
export type Tampering =
  | { readonly do: 'none' }
  | { readonly do: 'cover'; readonly kind: CoverKind }
  | { readonly do: 'turn'; readonly degrees: number }
  | { readonly do: 'defocus'; readonly pixels: number }
  | { readonly do: 'freeze'; readonly how: 'bytes' | 'clock-goes' | 'clock-stands' }
  | { readonly do: 'black' }
  | { readonly do: 'white' };

interface Worker {
  readonly tall: number;
  readonly coat: Point3;
  readonly pace: number;
  readonly stream: number;
}

export interface KitchenTraits {
  /** Seconds of the day. */
  readonly opens: number;
  readonly closes: number;
  readonly windowless: boolean;
  readonly sensor: SensorTraits;
}

export class KitchenCamera {
  readonly traits: KitchenTraits;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #chance: Chance;
  readonly #days: Chance;
  readonly #seed: number;
  readonly #room: RoomPlan;
  readonly #pose: CameraPose;
  readonly #sensor: PictureSensor;
  readonly #home: { readonly seen: SeenSurface; readonly light: RoomLight };
  readonly #workers: readonly Worker[];
  readonly #traffic = new Map<number, KitchenTraffic>();
  /** Where the far wall looks, and how high the sun climbs at noon. Radians, by the compass. */
  readonly #facing: number;
  readonly #noon: number;
  readonly #sunrise: number;
  readonly #sunset: number;
  #view: { readonly seen: SeenSurface; readonly light: RoomLight };
  #sun: { readonly hour: number; readonly light: Float32Array } | undefined;
  #done: Tampering = { do: 'none' };
  #cover: LensCover | undefined;
  #kept: { readonly pixels: Uint8Array; readonly jpeg: Uint8Array; readonly second: number } | undefined;

  constructor(chance: Chance, size: { readonly width: number; readonly height: number }) {
    this.#chance = chance.for('stills');
    this.#days = chance.for('days');
    this.#seed = Math.floor(chance.between(0, 2 ** 31));
    this.#size = size;
    this.#room = drawRoom(chance.for('room'));
    this.#pose = drawPose(chance.for('pose'), this.#room);
    const sensor = drawSensor(chance.for('sensor'));
    this.#sensor = new PictureSensor(sensor, size, chance.for('noise'));
    this.traits = {
      opens: chance.between(5, 7) * 3_600,
      closes: chance.between(17, 20) * 3_600,
      windowless: this.#room.window === undefined,
      sensor,
    };
    this.#home = this.#look(this.#pose);
    this.#view = this.#home;
    const day = chance.for('day');
    this.#sunrise = day.between(5.6, 7.2) * 3_600;
    this.#sunset = day.between(16.6, 19) * 3_600;
    this.#workers = Array.from({ length: Math.floor(day.between(1, 6)) }, (_, stream) => ({
      tall: day.between(1.5, 1.85),
      coat: [day.between(0.6, 0.9), day.between(0.6, 0.9), day.between(0.6, 0.9)],
      pace: day.between(20_000, 120_000),
      stream,
    }));
    this.#facing = day.between(0, 2 * Math.PI);
    // Shanghai in December and in June.
    this.#noon = (day.between(35, 82) * Math.PI) / 180;
  }

  #look(pose: CameraPose) {
    const seen = lookInto(this.#room, pose, this.#size.width, this.#size.height);
    return { seen, light: lightUp(this.#room, seen) };
  }

  /** What goes on at this second of the kind asked for: begun today, or yesterday and not over yet. */
  #now<K extends keyof KitchenTraffic>(kind: K, second: number): KitchenTraffic[K][number][] {
    const today = Math.floor(second / 86_400);
    return [today - 1, today].flatMap((day) => {
      let traffic = this.#traffic.get(day);
      if (!traffic) {
        const hours = { from: this.traits.opens, to: this.traits.closes };
        traffic = drawTraffic(this.#days.for(String(day)), hours, this.#room, this.#pose);
        this.#traffic.set(day, traffic);
      }
      const time = second - day * 86_400;
      const spells: readonly (KitchenTraffic[K][number] & Spell)[] = traffic[kind];
      return spells.filter(({ from, to }) => time >= from && time < to);
    });
  }

  /** What somebody does to it. */
  tamper(done: Tampering): void {
    this.#done = done;
    // Where the sun falls is known for a view.
    this.#sun = undefined;
    this.#cover =
      done.do === 'cover' ? drawCover(this.#chance, done.kind, this.#size.width, this.#size.height) : undefined;
    if (done.do === 'turn') {
      const share = this.#chance.between(-0.35, 0.35) * (Math.PI / 180) * done.degrees;
      const turn = this.#pose.turn + (this.#chance.happens(0.5) ? 1 : -1) * (Math.PI / 180) * done.degrees;
      this.#view = this.#look({ ...this.#pose, turn, tilt: this.#pose.tilt + share });
    } else this.#view = this.#home;
    if (done.do === 'black' || done.do === 'white') this.#sensor.restart();
  }

  /** The still at this second; the first day begins at 0. Undefined: the camera gives none just now. */
  async still(second: number): Promise<Uint8Array | undefined> {
    const done = this.#done;
    if (done.do === 'freeze' && this.#kept) {
      if (done.how === 'bytes') return this.#kept.jpeg;
      return await this.#sensor.encode(this.#kept.pixels, done.how === 'clock-goes' ? second : this.#kept.second);
    }
    const { frame, grey, mean } = this.#expose(second);
    if (done.do === 'defocus') defocus(frame, this.#size.width, this.#size.height, done.pixels);
    if (this.#cover) {
      if (this.#cover.blur > 0) defocus(frame, this.#size.width, this.#size.height, this.#cover.blur);
      // Infrared that the cover throws back blinds the camera.
      lay(frame, this.#cover, grey ? Math.max(mean, 0.8) : mean);
    }
    if (done.do === 'black') frame.fill(0);
    const pixels = this.#sensor.develop(frame, grey, done.do === 'white');
    if (done.do === 'black') pixels.fill(this.#chance.pick([0, 0, 1]));
    const jpeg = await this.#sensor.encode(pixels, second);
    this.#kept = { pixels, jpeg, second };
    return jpeg;
  }

  /** Light on every pixel. */
  #expose(second: number) {
    const { seen, light } = this.#view;
    const time = second % 86_400;
    const at = second * 1_000;
    const { opens, closes, sensor } = this.traits;
    const open = time >= opens && time < closes;
    const height = Math.sin((Math.PI * (time - this.#sunrise)) / (this.#sunset - this.#sunrise));
    const clear = smooth(this.#seed, 200, at, 1_200_000);
    const sky = Math.max(0.002, height) * (0.4 + 1.2 * clear);
    // Lamps are put out now and then; but nobody works in the dark.
    const needed = this.traits.windowless || sky < 0.3;
    const lamps = light.lamps.map((_, n) =>
      open && ((n === 0 && needed) || smooth(this.#seed, 100 + n, at, 5_400_000) > 0.12) ? 1 : 0,
    );
    const lit = lamps.some((on) => on > 0) || (sky > 0.05 && !this.traits.windowless);
    const grey = !lit && sensor.infrared;
    const sun = height > 0 && clear > 0.45 ? this.#sunAt(time, height) : undefined;
    const frame = new Float32Array(3 * seen.depth.length);
    let total = 0;
    for (let pixel = 0; pixel < seen.depth.length; pixel++) {
      let power = 0.0015 + sky * light.sky[pixel]! + (sun ? 3 * height * sun[pixel]! : 0);
      for (let n = 0; n < lamps.length; n++) power += lamps[n]! * light.lamps[n]![pixel]!;
      if (grey) power += light.infrared[pixel]!;
      total += power;
      for (let i = 0; i < 3; i++) frame[3 * pixel + i] = seen.paint[3 * pixel + i]! * power;
    }
    const mean = total / seen.depth.length;
    this.#people(frame, second, mean, open);
    this.#vapour(frame, second, mean);
    this.#dome(frame, at);
    return { frame: this.#shaken(frame), grey, mean };
  }

  #sunAt(time: number, height: number): Float32Array {
    const hour = Math.floor(time / 900);
    if (this.#sun?.hour === hour) return this.#sun.light;
    // From the east in the morning to the west in the evening.
    const along = Math.PI * (0.5 + (time - this.#sunrise) / (this.#sunset - this.#sunrise)) - this.#facing;
    const up = this.#noon * height;
    const from: Point3 = [Math.sin(along) * Math.cos(up), Math.cos(along) * Math.cos(up), Math.sin(up)];
    this.#sun = { hour, light: sunlit(this.#room, this.#view.seen, from) };
    return this.#sun.light;
  }

  #people(frame: Float32Array, second: number, mean: number, open: boolean): void {
    const { seen } = this.#view;
    const at = second * 1_000;
    for (const { tall, coat, pace, stream } of this.#workers) {
      // Each is there for a part of the day.
      if (!open || smooth(this.#seed, 300 + stream, at, 2_400_000) < 0.4) continue;
      const [x, y] = [
        0.6 + smooth(this.#seed, 400 + stream, at, pace) * (this.#room.size[0] - 1.6),
        1 + smooth(this.#seed, 500 + stream, at, pace) * (this.#room.size[1] - 2),
      ];
      castBoxes(frame, seen, person([x, y], tall, coat), mean);
    }
    castBoxes(
      frame,
      seen,
      this.#now('things', second).map(({ box }) => box),
      mean,
    );
    if (this.#now('doors', second).length > 0) {
      const [x, y] = [0.8, this.#room.size[1] - 1.1];
      castBoxes(
        frame,
        seen,
        [{ low: [0.01, y - 0.1, 0], high: [x, y, 2], paint: [0.9, 0.9, 0.85], bands: 0 }],
        mean * 2.5,
      );
    }
    // Somebody on a ladder wipes the lens: all of it is cloth and arm for some seconds.
    if (this.#now('wipes', second).length > 0) {
      const sway = smooth(this.#seed, 600, at, 4_000);
      for (let i = 0; i < frame.length; i++)
        if ((i / 3) % this.#size.width < this.#size.width * (0.5 + sway)) frame[i] = mean * 0.35;
    }
  }

  /** Steam over the stove, now and then over the whole room. */
  #vapour(frame: Float32Array, second: number, mean: number): void {
    const [spell] = this.#now('steam', second);
    if (!spell) return;
    const [at, time] = [second * 1_000, second % 86_400];
    const { width, height } = this.#size;
    const strength =
      Math.min(1, (time - spell.from) / 60, (spell.to - time) / 60) * (0.3 + 0.6 * smooth(this.#seed, 700, at, 30_000));
    const [cx, cy] = [
      width * (0.3 + 0.4 * smooth(this.#seed, 710, spell.from * 1_000, 1_000)),
      height * (0.4 + 0.2 * smooth(this.#seed, 711, at, 20_000)),
    ];
    const size = width * (0.1 + 0.25 * smooth(this.#seed, 712, spell.from * 1_000, 1_000));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const away = ((x - cx) ** 2 + (y - cy) ** 2) / (size * size);
        if (away > 5) continue;
        const veil = strength * Math.exp(-away);
        for (let i = 3 * (y * width + x), end = i + 3; i < end; i++)
          frame[i] = frame[i]! * (1 - veil) + veil * mean * 0.8;
      }
    }
  }

  /** Drops and insects on the dome: dark, round, out of focus, for a while. */
  #dome(frame: Float32Array, at: number): void {
    const { width, height } = this.#size;
    for (let n = 0; n < 3; n++) {
      if (smooth(this.#seed, 800 + n, at, 600_000) < 0.85) continue;
      const [cx, cy, size] = [
        width * smooth(this.#seed, 810 + n, at, 900_000),
        height * smooth(this.#seed, 820 + n, at, 900_000),
        width * 0.05,
      ];
      for (let y = Math.max(0, Math.floor(cy - size)); y < Math.min(height, cy + size); y++)
        for (let x = Math.max(0, Math.floor(cx - size)); x < Math.min(width, cx + size); x++) {
          const dim = 1 - 0.7 * Math.max(0, 1 - ((x - cx) ** 2 + (y - cy) ** 2) / (size * size));
          for (let i = 3 * (y * width + x), end = i + 3; i < end; i++) frame[i]! *= dim;
        }
    }
  }

  /** A fan shakes the wall: the picture stands a pixel aside. */
  #shaken(frame: Float32Array): Float32Array {
    const { shake } = this.traits.sensor;
    const { width, height } = this.#size;
    const [dx, dy] = [Math.round(this.#chance.between(-shake, shake)), Math.round(this.#chance.between(-shake, shake))];
    if (dx === 0 && dy === 0) return frame;
    const moved = new Float32Array(frame.length);
    for (let y = 0; y < height; y++) {
      const from = Math.min(height - 1, Math.max(0, y + dy)) * width;
      for (let x = 0; x < width; x++) {
        const source = 3 * (from + Math.min(width - 1, Math.max(0, x + dx)));
        const at = 3 * (y * width + x);
        moved[at] = frame[source]!;
        moved[at + 1] = frame[source + 1]!;
        moved[at + 2] = frame[source + 2]!;
      }
    }
    return moved;
  }
}
