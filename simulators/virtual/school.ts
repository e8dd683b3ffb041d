/**
 * The school on virtual time: its devices, what happens to them, and the truth of it written down. Built from the Site
 * alone, so that a school of any configuration can be simulated. It knows nothing of the gateway beyond the wires that
 * listen; it must never be told what the gateway made of anything.
 */
import type { AlarmKind, Device, Point, Site, Value, Words } from '../../src/core/types.ts';
import type { Act } from '../fence/fence.ts';
import { alarmValue, answers, type Box, gaugesOf, newBox, restValue, statesOf, type Wire } from './box.ts';
import type { Chance } from './chance.ts';
import { Eye } from './eye.ts';
import { type Broker, Robot, type Timeline } from './robot.ts';
import { type Mute, Truth } from './truth.ts';
import { Looms } from './wire-groups.ts';

/** How often a device tells of itself, ms; the profile allows three times as long. */
const beatMs = { reader: 20_000, other: 1_000 } as const;

export interface SchoolOptions {
  readonly site: Site;
  /** What each device speaks. */
  readonly wires: ReadonlyMap<string, Wire>;
  readonly timeline: Timeline;
  readonly chance: Chance;
  /** Hears each sentence of what happens. */
  told(words: Words): void;
}

export class VirtualSchool {
  readonly site: Site;
  readonly truth: Truth;
  readonly boxes = new Map<string, Box>();
  readonly #looms: Looms;
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #brokers = new Map<string, Broker>();

  constructor({ site, wires, timeline, chance, told }: SchoolOptions) {
    this.site = site;
    this.truth = new Truth(timeline.now, told);
    this.#timeline = timeline;
    this.#chance = chance;
    this.#looms = new Looms(site, chance.for('looms'));
    for (const device of Object.values(site.devices)) {
      const box = newBox(device, wires.get(device.id) ?? 'modbus');
      this.boxes.set(device.id, box);
      if (box.wire === 'onvif') box.eye = new Eye(timeline.now, () => statesOf(box));
      if (box.wire !== 'mqtt') continue;
      box.robot = new Robot({
        id: device.id,
        timeline,
        chance: chance.for(`robot ${device.id}`),
        all: () => statesOf(box),
        onConnection: () => this.#weigh(box),
      });
      this.#beats(box);
    }
  }

  /** The devices of a line find its broker, or lose it. */
  reach(line: string, broker: Broker | undefined): void {
    if (broker) this.#brokers.set(line, broker);
    else this.#brokers.delete(line);
    for (const box of this.#onLine(line)) box.robot?.reach(broker);
  }

  /** The gateway's process is gone, and every connection with it. */
  hangUp(): void {
    for (const line of [...this.#brokers.keys()]) this.reach(line, undefined);
  }

  /** Something bears on the wires of a zone, for `ms` or until they are mended. */
  bear(zone: string, act: Act, ms?: number): void {
    for (const { device } of this.#looms.begin(zone, act, this.#timeline.now(), ms === undefined ? {} : { ms })) {
      this.truth.bear(zone, device, act, ms);
      this.boxes.get(device)?.wake();
    }
  }

  /** The wires of a fence host tell for ever what they tell now; it goes on to answer. */
  still(device: string, frozen: boolean): void {
    this.#looms.freeze(device, frozen, this.#timeline.now());
    if (frozen) this.truth.deceive(device);
    else this.truth.undeceive(device);
  }

  mend(zone: string): void {
    this.truth.mend(zone);
    for (const { device } of this.#looms.mend(zone, this.#timeline.now())) this.boxes.get(device)?.wake();
  }

  /** What the wires of a device read now. */
  tensions(device: string): [string, number][] {
    return this.#looms.read(device, this.#timeline.now());
  }

  /** Whether something bears on the wires of a device. */
  busy(device: string): boolean {
    return this.#looms.busy(device, this.#timeline.now());
  }

  /** A point goes into alarm or back to rest. */
  turn(device: string, point: Point, alarm: boolean): void {
    const box = this.boxes.get(device);
    if (!box) return;
    const value = alarm ? alarmValue(point) : restValue(point);
    if (alarm) this.truth.begin(device, point.key, value);
    else this.truth.end(device, point.key);
    if (point.keep === 'pulse') {
      if (alarm) this.#speak(box, [[point.key, value]]);
      return;
    }
    if (box.values.get(point.key) === value) return;
    box.values.set(point.key, value);
    box.version += 1;
    box.wake();
    if (point.keep === 'state') this.#speak(box, [[point.key, value]]);
  }

  /** An output is switched by a write, or not when the device does not answer. */
  write(device: string, point: string, value: Value): boolean {
    const box = this.boxes.get(device);
    if (!box || !answers(box)) return false;
    box.values.set(point, value);
    box.version += 1;
    box.wake();
    this.#speak(box, [[point, value]]);
    return true;
  }

  /** Holds a card to a reader. */
  touch(reader: string, card: string): void {
    const box = this.boxes.get(reader);
    const scan = box && Object.values(box.device.points).find((point) => point.scan);
    if (!box || !scan || !box.powered || box.hung) return;
    this.truth.touch(reader, card);
    this.#speak(box, [[scan.key, card]]);
  }

  power(device: string, on: boolean): void {
    this.#move(device, (box) => {
      box.powered = on;
    });
  }
  plug(device: string, plugged: boolean): void {
    this.#move(device, (box) => {
      box.plugged = plugged;
    });
  }
  /** The cable or switch that all devices of a line share. */
  line(line: string, up: boolean): void {
    for (const { device } of this.#onLine(line))
      this.#move(device.id, (box) => {
        box.lineUp = up;
      });
  }
  /** It stays connected and does nothing any more, or comes to itself again. */
  hang(device: string, hung: boolean): void {
    this.#move(device, (box) => {
      box.hung = hung;
    });
    const box = this.boxes.get(device);
    if (box && !hung) this.#speak(box, statesOf(box));
  }
  /** A camera answers and reports nothing any more. */
  deafen(camera: string, deaf: boolean): void {
    const box = this.boxes.get(camera);
    if (!box?.eye || box.deaf === deaf) return;
    box.deaf = deaf;
    box.eye.deaf = deaf;
    if (deaf) box.deafness = this.truth.lose(camera, 'deaf');
    else if (box.deafness) this.truth.regain(box.deafness);
  }
  /** The MQTT connection of a device breaks and comes back. */
  breakOff(device: string): void {
    const box = this.boxes.get(device);
    if (!box?.robot?.connected) return;
    this.truth.say(`${box.device.title.zh}：连接中断`, `${box.device.title.en}: its connection breaks`);
    box.robot.breakOff();
  }

  /** The points of a zone that can report one of these kinds, with their devices; kinds in order of preference. A pole is none. */
  sensors(zone: string, kinds: readonly AlarmKind[]): { device: Device; point: Point }[] {
    for (const kind of kinds) {
      const found = this.points((one) => one.zone === zone && one.alarm?.kind === kind && !one.key.endsWith('_pole'));
      if (found.length > 0) return found;
    }
    return [];
  }

  points(fits: (point: Point, device: Device) => boolean): { device: Device; point: Point }[] {
    return Object.values(this.site.devices).flatMap((device) =>
      Object.values(device.points)
        .filter((point) => fits(point, device))
        .map((point) => ({ device, point })),
    );
  }

  #onLine(line: string): Box[] {
    return [...this.boxes.values()].filter(({ device }) => device.line === line);
  }

  #move(device: string, change: (box: Box) => void): void {
    const box = this.boxes.get(device);
    if (!box) return;
    change(box);
    const open = box.powered && box.plugged && box.lineUp;
    box.robot?.way(open, box.powered);
    box.eye?.way(open && !box.hung, box.powered);
    this.#weigh(box);
    box.wake();
  }

  /** Writes down whether the gateway could hear the device now. */
  #weigh(box: Box): void {
    if (!answers(box) || box.robot?.connected === false) box.outage ??= this.truth.lose(box.device.id, howMute(box));
    else if (box.outage) {
      this.truth.regain(box.outage);
      box.outage = undefined;
    }
  }

  #speak(box: Box, values: readonly (readonly [string, Value])[]): void {
    if (!box.powered || box.hung) return;
    box.robot?.event(values);
    box.eye?.changed(values);
  }

  #beats(box: Box): void {
    const { device, robot } = box;
    const everyMs = device.family === 'reader' ? beatMs.reader : beatMs.other;
    const beat = () => {
      if (box.powered && !box.hung) robot?.beat([...gaugesOf(box), ...this.tensions(device.id)]);
      this.#timeline.after(everyMs, beat);
    };
    this.#timeline.after(this.#chance.between(0, everyMs), beat);
  }
}

function howMute(box: Box): Mute {
  if (!box.powered) return 'off';
  return box.plugged && box.lineUp ? 'hung' : 'cut';
}
