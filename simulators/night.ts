/**
 * A scripted night: what happens at the school, when, and what a gateway that tells the truth must have said afterwards.
 * Stories are data over the school's own verbs; they know nothing of how the gateway works inside.
 */
import type { School } from './school.ts';

export interface Scene {
  /** Seconds after the night began. */
  readonly at: number;
  readonly zh: string;
  readonly en: string;
  act(school: School): void | Promise<void>;
  /** Alarm that must have been raised within `within` seconds, as zone-or-device/kind. */
  readonly expects?: { readonly alarm: string; readonly within: number };
}

/** A guard's walk: which reader, which card, at what time (ms since the epoch). */
export interface Walk {
  readonly reader: string;
  readonly card: string;
  readonly at: number;
}

/**
 * The demonstration's night: a climber, a hand on a lens, a cut wire, bad wires, a camera that dies and comes back, and in the canteen
 * an open freezer and gas. The cut is left standing, so that whoever looks later finds something to do.
 */
export const firstNight: readonly Scene[] = [
  {
    at: 6,
    zh: '有人翻越 4 区东围栏',
    en: 'Somebody climbs the east fence, zone 4',
    act: (school) => {
      school.seenAtGate(true);
      school.campus.begin('z4', 'climb', Date.now(), { ms: 9_000 });
    },
    expects: { alarm: 'z4/pull', within: 6 },
  },
  {
    at: 16,
    zh: '食堂切配间的摄像头被遮住',
    en: 'A hand covers the camera of the canteen cutting room',
    act: (school) => {
      school.seenAtGate(false);
      school.cameras.get('canteen-1')?.set('masked', true);
    },
    expects: { alarm: 'canteen-1/masked', within: 6 },
  },
  {
    at: 22,
    zh: '4 号围栏主机重复发送并夹杂乱码',
    en: 'Fence host 4 repeats itself and sends garbage in between',
    act: async ({ fence }) => {
      fence.faults.duplicate = 'dup';
      await fence.set('a_slack', false);
      fence.faults.duplicate = 'no';
      await fence.publish('event', '{"a": {"climb": tr');
    },
  },
  {
    at: 28,
    zh: '7 区西围栏被剪断一根',
    en: 'A wire of the west fence, zone 7, is cut',
    act: (school) => void school.campus.begin('z7', 'cut', Date.now(), { wire: 2 }),
    expects: { alarm: 'z7/cut', within: 6 },
  },
  {
    at: 34,
    zh: '遮挡移开',
    en: 'The hand is taken away',
    act: (school) => school.cameras.get('canteen-1')?.set('masked', false),
  },
  {
    at: 40,
    zh: '食堂灶台摄像头断电',
    en: 'The camera at the canteen stoves loses power',
    act: (school) => school.cameras.get('canteen-2')?.refuse(true),
    expects: { alarm: 'canteen-2/comms', within: 30 },
  },
  {
    at: 55,
    zh: '一只猫跳上 3 区围栏，又走了',
    en: 'A cat jumps on the fence of zone 3 and is gone',
    act: (school) => void school.campus.begin('z3', 'cat', Date.now()),
  },
  {
    at: 60,
    zh: '食堂冷冻库的门没关',
    en: 'The door of the canteen freezer is left open',
    act: (school) => school.canteen.freezerDoor(true),
    expects: { alarm: 'freezer/temperature', within: 60 },
  },
  {
    at: 75,
    zh: '灶台摄像头恢复；西围栏的断线还没有修',
    en: 'The camera is back; the cut wire of the west fence is left as it is',
    act: (school) => school.cameras.get('canteen-2')?.refuse(false),
  },
  {
    at: 90,
    zh: '门卫按下求助按钮',
    en: 'The gatehouse presses the SOS button',
    act: (school) => school.sos(true),
    expects: { alarm: 'gate-io/sos', within: 5 },
  },
  { at: 95, zh: '按钮复位', en: 'The button is released', act: (school) => school.sos(false) },
  {
    at: 120,
    zh: '灶台有燃气，浓度 14 %LEL',
    en: 'Gas at the stoves, 14 %LEL',
    act: (school) => school.canteen.gas(14),
    expects: { alarm: 'gas/gas', within: 6 },
  },
  {
    at: 140,
    zh: '燃气散了，冷冻库的门关上',
    en: 'The gas is gone, the freezer is shut',
    act: ({ canteen }) => {
      canteen.gas(0);
      canteen.freezerDoor(false);
    },
  },
];

/** How long a night is, ms: after that it comes round again. */
const nightMs = 300_000;

/** The same night once more. What nobody closed meanwhile is still open and is raised no second time. */
const nextNight: readonly Scene[] = [
  {
    at: 0,
    zh: '西围栏修好',
    en: 'The west fence is mended',
    act: (school) => school.campus.mend('z7', Date.now()),
  },
  ...firstNight.map(({ at, zh, en, act: again }) => ({ at, zh, en, act: again })),
];

export interface Told {
  readonly scene: Scene;
  readonly at: number;
}

/** Plays scenes and walks in time; resolves after the last, or as soon as the signal says so. */
export async function play(
  school: School,
  scenes: readonly Scene[],
  walks: readonly Walk[],
  each: (told: Told) => void,
  signal: AbortSignal,
): Promise<void> {
  const began = Date.now();
  const acts = [
    ...scenes.map((scene) => ({ at: began + scene.at * 1_000, run: () => act(school, scene, each) })),
    ...walks.map((walk) => ({ at: walk.at, run: () => school.readers.get(walk.reader)?.set('card', walk.card) })),
  ].sort((a, b) => a.at - b.at);
  for (const { at, run } of acts) {
    await pause(at - Date.now(), signal);
    if (signal.aborted) return;
    await run();
  }
}

/** Plays the first night and its walks, and then night after night until the signal says so. */
export async function playOn(
  school: School,
  walks: readonly Walk[],
  each: (told: Told) => void,
  signal: AbortSignal,
): Promise<void> {
  const began = Date.now();
  for (let night = 0; !signal.aborted; night++) {
    await play(school, night === 0 ? firstNight : nextNight, night === 0 ? walks : [], each, signal);
    await pause(began + (night + 1) * nightMs - Date.now(), signal);
  }
}

async function act(school: School, scene: Scene, each: (told: Told) => void): Promise<void> {
  each({ scene, at: Date.now() });
  await scene.act(school);
}

/** Resolves after `ms`, and at once when the signal says so or has said so. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(0, ms));
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}
