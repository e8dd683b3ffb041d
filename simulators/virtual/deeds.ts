/**
 * What people, animals, weather and misfortune do at the school, as verbs: each moves the devices it touches, puts things
 * back when it is over, and says in one sentence what was true. The vocabulary stories are written in.
 */
import type { AlarmKind, Device, Point, Zone } from '../../src/core/types.ts';
import type { Stage } from './stage.ts';

type On = Pick<Stage, 'school' | 'timeline'>;

const zoneName = ({ number, title }: Zone) => ({ zh: `${number}区${title.zh}`, en: `zone ${number} ${title.en}` });

/** The points of a zone that see this go into alarm, and back after `ms`. */
function disturb({ school, timeline }: On, zone: string, kinds: readonly AlarmKind[], ms: number): void {
  for (const { device, point } of school.sensors(zone, kinds)) {
    school.turn(device.id, point, true);
    timeline.after(ms, () => school.turn(device.id, point, false));
  }
}

function say({ school }: On, zone: string, zh: string, en: string): void {
  const found = school.site.zones[zone];
  const name = found ? zoneName(found) : { zh: zone, en: zone };
  school.truth.say(`${name.zh}：${zh}`, `${name.en}: ${en}`);
}

/** A host takes this long to make up its mind. */
const confirmMs = 1_100;

/** Somebody climbs over; a camera that looks there sees it a moment later. */
export function climb(on: On, zone: string, ms: number): void {
  const { school, timeline } = on;
  say(on, zone, '有人翻越围栏', 'somebody climbs the fence');
  school.bear(zone, 'climb', ms);
  timeline.after(confirmMs, () => disturb(on, zone, ['climb', 'pull'], ms - confirmMs));
  timeline.after(confirmMs + 1_000, () => disturb(on, zone, ['intrusion'], ms));
  timeline.after(ms, () => say(on, zone, '翻越的人离开', 'the climber is gone'));
}

/**
 * Somebody who knows the fence is over it in seconds, his hands free between two holds. A host that waits two seconds says
 * nothing; one that is quick does.
 */
export function slipOver(on: On, zone: string, ms: number, noticed: boolean): void {
  const { school, timeline } = on;
  say(on, zone, '有人徒手快速翻越围栏', 'somebody is over the fence in seconds, with free hands');
  school.bear(zone, 'free-hand', ms);
  if (noticed) timeline.after(confirmMs, () => disturb(on, zone, ['climb', 'pull'], ms - confirmMs));
  timeline.after(ms, () => say(on, zone, '翻越的人离开', 'the climber is gone'));
}

/** Two wires are bent apart and held so with a stick; no host that asks for a climb says anything. */
export function propApart(on: On, zone: string, ms: number): void {
  say(on, zone, '两根线被撑开', 'two wires are propped apart');
  on.school.bear(zone, 'prop', ms);
  on.timeline.after(ms, () => say(on, zone, '撑开的线被松开', 'the stick between the wires is gone'));
}

/** The wires of a fence host stand still while it goes on to answer: it hung, or somebody plays it a record. */
export function stillHost(on: On, device: string, ms: number): void {
  sayOf(on, device, '读数不再变化', 'its readings stand still');
  on.school.still(device, true);
  on.timeline.after(ms, () => {
    sayOf(on, device, '读数恢复变化', 'its readings move again');
    on.school.still(device, false);
  });
}

/** Visitors that are nobody. */
const visitors = {
  cat: { zh: '猫跳上围栏', en: 'a cat jumps on the fence' },
  branch: { zh: '树枝打在围栏上', en: 'a branch beats against the fence' },
  bird: { zh: '鸟停在围栏上', en: 'a bird sits on the fence' },
} as const;

/** The fence is moved and nobody is there; `fooled`: its host takes it for somebody. */
export function visit(on: On, zone: string, who: keyof typeof visitors, ms: number, fooled: boolean): void {
  say(on, zone, visitors[who].zh, visitors[who].en);
  on.school.bear(zone, who, ms);
  if (fooled) disturb(on, zone, ['pull', 'climb'], ms);
}

/** A tensioner is unscrewed, and set again after `ms`. */
export function slacken(on: On, zone: string, ms: number): void {
  say(on, zone, '一根线被松开', 'a wire is unscrewed');
  on.school.bear(zone, 'unscrew');
  disturb(on, zone, ['slack'], ms);
  mend(on, zone, ms);
}

/** A wire is cut, and mended after `ms`. */
export function cut(on: On, zone: string, ms: number): void {
  say(on, zone, '一根线被剪断', 'a wire is cut');
  on.school.bear(zone, 'cut');
  on.timeline.after(confirmMs, () => disturb(on, zone, ['cut'], ms - confirmMs));
  mend(on, zone, ms);
}

function mend(on: On, zone: string, ms: number): void {
  on.timeline.after(ms, () => {
    say(on, zone, '线已修好', 'the wire is mended');
    on.school.mend(zone);
  });
}

/** Every state of a device, or of all devices, with this kind of alarm. */
function trouble({ school, timeline }: On, kind: AlarmKind, ms: number, only?: string): void {
  const fits = (point: Point, { id }: Device) =>
    point.alarm?.kind === kind && point.keep === 'state' && (only ?? id) === id;
  for (const { device, point } of school.points(fits)) {
    school.turn(device.id, point, true);
    timeline.after(ms, () => school.turn(device.id, point, false));
  }
}

function sayOf({ school }: On, device: string, zh: string, en: string): void {
  const title = school.site.devices[device]?.title ?? { zh: device, en: device };
  school.truth.say(`${title.zh}：${zh}`, `${title.en}: ${en}`);
}

export function openHousing(on: On, device: string, ms: number): void {
  sayOf(on, device, '外壳被打开', 'its housing is opened');
  trouble(on, 'tamper', ms, device);
}

export function coverLens(on: On, camera: string, ms: number): void {
  sayOf(on, camera, '镜头被遮住', 'its lens is covered');
  trouble(on, 'masked', ms, camera);
}

export function pressButton(on: On, ms: number): void {
  on.school.truth.say('门卫按下求助按钮', 'the gatehouse presses the SOS button');
  trouble(on, 'sos', ms);
}

/** The mains fail; what has a battery says so, cameras go dark. */
export function cutMains(on: On, ms: number): void {
  const { school, timeline } = on;
  school.truth.say('全校停电', 'the mains fail');
  trouble(on, 'power', ms);
  const cameras = devicesOf(on, (device) => device.family === 'camera');
  for (const { id } of cameras) school.power(id, false);
  timeline.after(ms, () => {
    school.truth.say('恢复供电', 'the mains are back');
    for (const { id } of cameras) timeline.after(20_000, () => school.power(id, true));
  });
}

export function devicesOf({ school }: Pick<Stage, 'school'>, fits: (device: Device) => boolean): Device[] {
  return Object.values(school.site.devices).filter(fits);
}

export function unplug(on: On, device: string, ms: number): void {
  sayOf(on, device, '网线松脱', 'its cable comes loose');
  on.school.plug(device, false);
  on.timeline.after(ms, () => {
    sayOf(on, device, '网线插好', 'its cable is plugged in again');
    on.school.plug(device, true);
  });
}

/** Somebody pulls the cable of a camera, covers its lens, and plugs it in again a little later: `ms` without a cable. */
export function coverUnplugged(on: On, camera: string, ms: number): void {
  unplug(on, camera, ms);
  on.timeline.after(ms / 2, () => coverLens(on, camera, ms + 240_000));
}

export function switchOff(on: On, device: string, ms: number): void {
  sayOf(on, device, '断电', 'loses its power');
  on.school.power(device, false);
  on.timeline.after(ms, () => {
    sayOf(on, device, '恢复供电', 'has power again');
    on.school.power(device, true);
  });
}

/** It stays connected and does nothing any more. */
export function freeze(on: On, device: string, ms: number): void {
  sayOf(on, device, '死机', 'freezes');
  on.school.hang(device, true);
  on.timeline.after(ms, () => {
    sayOf(on, device, '重启后恢复', 'is restarted and works');
    on.school.hang(device, false);
  });
}

/** It falls silent and speaks again, several times in a row: silent for each of `silences`, and between two of them for a moment. */
export function falter(on: On, device: string, silences: readonly number[], betweenMs: number): void {
  let from = 0;
  for (const ms of silences) {
    on.timeline.after(from, () => freeze(on, device, ms));
    from += ms + betweenMs;
  }
}

export function deafen(on: On, camera: string, ms: number): void {
  sayOf(on, camera, '能应答但不再上报事件', 'answers but reports no event any more');
  on.school.deafen(camera, true);
  on.timeline.after(ms, () => {
    sayOf(on, camera, '重启后恢复上报', 'is restarted and reports again');
    on.school.power(camera, false);
    on.school.deafen(camera, false);
    on.timeline.after(30_000, () => on.school.power(camera, true));
  });
}

/** The switch or cable all devices of a line share is gone for `ms`. */
export function cutLine(on: On, line: string, ms: number): void {
  on.school.truth.say(`线路 ${line} 断开`, `line ${line} is cut`);
  on.school.line(line, false);
  on.timeline.after(ms, () => {
    on.school.truth.say(`线路 ${line} 恢复`, `line ${line} is whole again`);
    on.school.line(line, true);
  });
}

/** MQTT connections break now and then for `ms`, every `everyMs` or so. */
export function shakeNetwork(on: Stage, ms: number, everyMs: number): void {
  const { school, timeline, chance } = on;
  school.truth.say('无线网络不稳', 'the wireless network is unsteady');
  const until = timeline.now() + ms;
  const robots = [...school.boxes.values()].filter(({ robot }) => robot).map(({ device }) => device.id);
  const shake = () => {
    if (timeline.now() >= until) return school.truth.say('无线网络恢复稳定', 'the wireless network is steady again');
    if (robots.length === 0) return;
    const robot = chance.pick(robots);
    school.breakOff(robot);
    // It rarely breaks once: what was just sent again may not have been acknowledged when it breaks anew.
    timeline.after(chance.between(2_000, 9_000), () => school.breakOff(robot));
    timeline.after(everyMs * chance.between(0.3, 1.7), shake);
  };
  shake();
}
