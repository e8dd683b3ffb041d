/** What becomes of what the gateway sees in pictures: facts, alarms beside the camera's own word, and a reference that only a person has learned anew. */
import { expect, test } from 'vitest';
import { judgeStill } from '../../../src/core/camera/judge-still.ts';
import { type PictureMemory, pictureMemory } from '../../../src/core/camera/picture-memory.ts';
import { type StillFeatures, stillColumns, stillRows, stillTurns } from '../../../src/core/camera/still-types.ts';
import { evolve } from '../../../src/core/evolve.ts';
import { emptyState } from '../../../src/core/state.ts';
import { step } from '../../../src/core/step.ts';
import type { Event, Input, PictureSign, State, User } from '../../../src/core/types.ts';
import { canteenOf } from './canteen.ts';

const site = canteenOf(['k1'], []);
const figures = { match: 0.1 };
const judged = (sign: PictureSign, active: boolean): Input => ({
  kind: 'pictured',
  said: { kind: 'picture-judged', camera: 'k1', sign, active, hours: 'day', figures },
});

function happen(state: State, ...inputs: readonly Input[]): Event[] {
  const told: Event[] = [];
  for (const input of inputs) {
    for (const event of step(site, state, input, state.at + 1_000)) {
      evolve(state, event);
      told.push(event);
    }
  }
  return told;
}
const kinds = (events: readonly Event[]) => events.map(({ kind }) => kind);

test('a covered lens is one alarm, whoever told of it first, and both are named', () => {
  const state = emptyState();
  expect(kinds(happen(state, judged('covered', true)))).toEqual(['picture-judged', 'raised']);
  happen(state, { kind: 'reading', device: 'k1', values: [['masked', true]] });
  const [alarm] = [...state.alarms.values()];
  expect(state.alarms.size).toBe(1);
  expect(alarm).toMatchObject({ kind: 'masked', priority: 2, decidedBy: ['gateway', 'device'] });
  expect(alarm?.causes).toEqual(['picture/k1/covered', 'k1/masked']);
  expect(kinds(happen(state, judged('covered', true)))).toEqual([]);
  expect(kinds(happen(state, judged('covered', false)))).toEqual(['picture-judged', 'returned-to-normal']);
  expect([...state.alarms.values()][0]?.causes).toEqual(['k1/masked']);
});

test('a lens that is covered still, once its pictures are judged again, is an alarm again', () => {
  const state = emptyState();
  happen(state, judged('covered', true));
  const configured = (config: string, off: readonly string[]) => {
    const without = { ...site, cameras: { ...site.cameras!, off } };
    for (const event of step(without, state, { kind: 'configured', config } as Input, state.at + 1_000))
      evolve(state, event);
  };
  configured('b', ['k1']);
  expect(state.cameras.get('k1')?.signs).toEqual({});
  expect([...state.alarms.values()].flatMap(({ causes }) => causes)).toEqual([]);
  configured('c', []);
  expect(kinds(happen(state, judged('covered', true)))).toContain('picture-judged');
  expect([...state.alarms.values()].flatMap(({ causes }) => causes)).toEqual(['picture/k1/covered']);
});

test('what is said of a camera of another school changes nothing', () => {
  const state = emptyState();
  const other: Input = { kind: 'pictured', said: { kind: 'camera-seen', camera: 'nobody', seen: true, why: 'fresh' } };
  expect(happen(state, other)).toEqual([]);
});

test('references are dismissed by a person with a reason, and by nobody without a right', () => {
  const state = emptyState();
  const learned = {
    kind: 'picture-learned',
    camera: 'k1',
    hours: 'day',
    why: 'first',
    stills: 20,
    sha256: 'a',
    dHash: 'b',
    figures,
  } as const;
  happen(state, { kind: 'pictured', said: learned });
  const ask = (by: User, reason: string): Input => ({
    kind: 'command',
    by,
    command: { do: 'dismiss-picture', camera: 'k1', reason },
  });
  expect(
    kinds(happen(state, ask({ name: 'o', role: 'operator' }, 'x'), ask({ name: 'h', role: 'head' }, ' '))),
  ).toEqual(['refused', 'refused']);
  expect(state.cameras.get('k1')?.learned.day?.sha256).toBe('a');
  expect(kinds(happen(state, ask({ name: 'h', role: 'head' }, 'shelves were moved')))).toEqual(['picture-dismissed']);
  expect(state.cameras.get('k1')).toMatchObject({ learned: {}, dismissed: { by: 'h', reason: 'shelves were moved' } });
});

/** A still of a room that a seed draws, with a grain that changes. */
function still(room: number, tick: number, more: Partial<StillFeatures> = {}): StillFeatures {
  const cells = stillColumns * stillRows;
  const drawn = (n: number) => (Math.imul(n + 1, 2_654_435_761) >>> 8) % 255;
  return {
    ...{ mean: 120, stdev: 40, entropy: 7, fine: 8, coarse: 14, laplacian: 900, white: 0, black: 0, colour: 20 },
    light: Uint8Array.from({ length: cells }, (_, n) => drawn(n + room * 7_919)),
    edges: Uint8Array.from({ length: cells * stillTurns }, (_, n) => drawn(n + room * 104_729)),
    prints: Uint32Array.from({ length: cells }, (_, n) => n + tick * 1_000),
    ...{ dHash: '0'.repeat(64), sha256: String(tick) },
    ...more,
  };
}
const moment = { day: true, open: true };

test('a reference is learned from stills that agree, and what comes after is held against it for ever', () => {
  const memory = pictureMemory();
  const learnedAt = Array.from({ length: 25 }, (_, n) => judgeStill(memory, still(1, n), moment).learned).findIndex(
    Boolean,
  );
  expect(learnedAt).toBe(19);
  const before = memory.references.get('day');
  // Two hours of another room: it is never taken for the reference.
  const words = Array.from({ length: 300 }, (_, n) => judgeStill(memory, still(2, 100 + n), moment).said).flat();
  expect(words).toEqual([{ sign: 'moved', active: true }]);
  expect(memory.references.get('day')).toBe(before);
});

test('stills of which each is of another room teach nothing', () => {
  const memory = pictureMemory();
  for (let n = 0; n < 45; n++) expect(judgeStill(memory, still(n, n), moment).learned).toBeUndefined();
});

test('a lens that is covered for a minute is no news, and a picture that stands is, once it always stirred', () => {
  const memory = pictureMemory();
  for (let n = 0; n < 60; n++) judgeStill(memory, still(1, n), moment);
  const flat = { light: new Uint8Array(880).fill(90), edges: new Uint8Array(3_520).fill(1), stdev: 4 };
  const passing = [0, 1, 2].flatMap((n) => judgeStill(memory, still(1, 100 + n, flat), moment).said);
  expect(passing).toEqual([]);
  for (let n = 0; n < 5; n++) judgeStill(memory, still(1, 110 + n), moment);
  const standing = Array.from({ length: 8 }, () => judgeStill(memory, still(1, 199), moment).said).flat();
  expect(standing).toEqual([{ sign: 'frozen', active: true }]);
});

test('a dark picture is news only while there should be light', () => {
  const dark = { mean: 3, stdev: 2 };
  const said = (open: boolean) => {
    const memory = pictureMemory();
    return Array.from(
      { length: 20 },
      (_, n) => judgeStill(memory, still(1, n, dark), { day: false, open }).said,
    ).flat();
  };
  expect(said(false)).toEqual([]);
  expect(said(true)).toEqual([{ sign: 'dark', active: true }]);
});

/** Words said of so many stills. */
const words = (memory: PictureMemory, count: number, of: (n: number) => StillFeatures, at = moment) =>
  Array.from({ length: count }, (_, n) => judgeStill(memory, of(n), at).said).flat();
/** The same still with only these cells changed. */
function changed(of: StillFeatures, cells: readonly number[], tick: number): StillFeatures {
  const prints = Uint32Array.from(of.prints);
  for (const cell of cells) prints[cell] = 1_000_000 + tick;
  return { ...of, prints };
}

test('a room with its lamps off teaches nothing, and the lamps of the next morning are no news', () => {
  const memory = pictureMemory();
  for (let n = 0; n < 25; n++) judgeStill(memory, still(1, n), moment);
  const night = { day: false, open: false };
  // Grain that agrees with the room well enough to be taken for it.
  const dim = (n: number) => still(1, 100 + n, { mean: 30, stdev: 22 });
  expect(words(memory, 60, dim, night)).toEqual([]);
  expect([...memory.references.keys()]).toEqual(['day']);
  expect(words(memory, 40, (n) => still(1, 200 + n), { day: false, open: true })).toEqual([]);
});

test('a picture that is like any reference of the camera is of its room, whatever the clock says', () => {
  const memory = pictureMemory();
  for (let n = 0; n < 25; n++) judgeStill(memory, still(1, n), moment);
  memory.references.set('night', { ...memory.references.get('day')!, ...still(2, 0) });
  expect(words(memory, 40, (n) => still(2, 100 + n))).toEqual([]);
  expect(words(memory, 40, (n) => still(3, 200 + n))).toEqual([{ sign: 'moved', active: true }]);
});

test('a frozen picture with a large clock that goes is found, and a person far away who works in a quiet one is none', () => {
  const room = still(1, 7);
  // Four rows of sixteen cells along the lower edge: a large clock, and what compression makes of its surroundings.
  const clock = Array.from({ length: 64 }, (_, n) => (18 + Math.floor(n / 16)) * stillColumns + 20 + (n % 16));
  const noisy = pictureMemory();
  for (let n = 0; n < 60; n++) judgeStill(noisy, still(1, n), moment);
  expect(words(noisy, 10, (n) => changed(room, clock, n))).toEqual([{ sign: 'frozen', active: true }]);
  const quiet = pictureMemory();
  for (let n = 0; n < 60; n++) judgeStill(quiet, still(1, n), moment);
  const far = (n: number) => [10 * stillColumns + (n % 9), 11 * stillColumns + (n % 9)];
  expect(words(quiet, 200, (n) => changed(room, [...clock, ...far(n)], n))).toEqual([]);
});

test('a camera whose picture stirs little at times is given half an hour to stand, however much it stirred while it was learned', () => {
  const memory = pictureMemory();
  for (let n = 0; n < 60; n++) judgeStill(memory, still(1, n), moment);
  const room = still(1, 99);
  const few = Array.from({ length: 60 }, (_, n) => 300 + n);
  judgeStill(memory, changed(room, few, 1), moment);
  judgeStill(memory, changed(room, few, 2), moment);
  expect(words(memory, 50, () => room)).toEqual([]);
  expect(words(memory, 20, () => room)).toEqual([{ sign: 'frozen', active: true }]);
});
