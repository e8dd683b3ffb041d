/**
 * Whose turn it is, on a clock that the test turns: pace of the healthy, patience with the failing.
 * No socket and no real time take part.
 */
import { expect, test } from 'vitest';
import { PollScheduler, type UnitTurns } from '../../src/drivers/modbus/modbus-scheduler.ts';

const TIMEOUT_MS = 500;
const ANSWER_MS = 10;
const every = (periodMs: number) => [{ periodMs, vital: true }];

/** Plays the rota for a while: dead units never answer, the others do. Returns when each unit was asked. */
function play(
  rota: PollScheduler,
  names: ReadonlyMap<UnitTurns, string>,
  dead: readonly string[],
  from: number,
  to: number,
  answerMs: (name: string) => number = () => ANSWER_MS,
) {
  const asked = new Map<string, number[]>([...names.values()].map((name) => [name, []]));
  let now = from;
  while (now < to) {
    const { turn, at } = rota.next()!;
    now = Math.max(now, at);
    const name = names.get(turn.unit)!;
    asked.get(name)!.push(now);
    if (dead.includes(name)) {
      const cost = rota.responseTimeoutMs(turn.unit, now);
      now += cost;
      rota.missed(turn, now, cost, true);
    } else {
      now += answerMs(name);
      rota.answered(turn, now, answerMs(name));
    }
  }
  return asked;
}

function rotaOf(count: number, periodMs: number) {
  const rota = new PollScheduler(TIMEOUT_MS);
  const units = Array.from({ length: count }, (_, i) => [rota.add(every(periodMs), 0), `u${i}`] as const);
  return { rota, names: new Map(units), units: units.map(([unit]) => unit) };
}

const longestGap = (times: readonly number[]) => Math.max(...times.slice(1).map((at, i) => at - times[i]!));

test('healthy units are each asked at their period', () => {
  const { rota, names } = rotaOf(3, 250);
  const asked = play(rota, names, [], 0, 10_000);
  for (const times of asked.values()) expect(times.length).toBeGreaterThanOrEqual(40);
});

test('a line that cannot keep the pace asks every unit equally often', () => {
  const { rota, names } = rotaOf(10, 20);
  const counts = [...play(rota, names, [], 0, 10_000).values()].map((times) => times.length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});

test('settings that are asked every ten seconds do not come together before alarm bits', () => {
  const rota = new PollScheduler(TIMEOUT_MS);
  const settings = { periodMs: 10_000, vital: false };
  const units = [0, 1, 2].map(() => rota.add([...every(250), settings, settings, settings], 0));
  const asked = new Map(units.flatMap(({ turns }) => turns.map((turn) => [turn, [] as number[]])));
  const costMs = 50;
  for (let now = 0; now < 120_000; ) {
    const { turn, at } = rota.next()!;
    now = Math.max(now, at);
    // At the start everything is due at once.
    if (now > 5_000) asked.get(turn)!.push(now);
    now += costMs;
    rota.answered(turn, now, costMs);
  }
  for (const [turn, times] of asked) {
    // One of the settings, and the bits of the other units that were due before.
    if (turn.vital) expect(longestGap(times)).toBeLessThanOrEqual(250 + 2 * costMs);
    else expect(longestGap(times)).toBeLessThan(11_000);
  }
});

test('a dead unit is tried less and less often, but never given up', () => {
  const { rota, names } = rotaOf(2, 250);
  const times = play(rota, names, ['u0'], 0, 120_000).get('u0')!;
  expect(times.length).toBeLessThan(20);
  expect(longestGap(times)).toBeLessThanOrEqual(10_000 + TIMEOUT_MS + 250);
});

test('nine dead units of ten take less than a fifth of the line, and the tenth is never kept waiting for two of them', () => {
  const { rota, names } = rotaOf(10, 250);
  play(rota, names, [], 0, 5000);
  const dead = [...names.values()].filter((name) => name !== 'u9');
  play(rota, names, dead, 5000, 15_000);
  const alive = play(rota, names, dead, 15_000, 75_000).get('u9')!;
  expect(alive.length).toBeGreaterThan(0.8 * 240);
  expect(longestGap(alive)).toBeLessThanOrEqual(250 + TIMEOUT_MS);
});

test('when nine of ten fall silent together, the tenth is heard again before it would be called stale', () => {
  const { rota, names } = rotaOf(10, 250);
  play(rota, names, [], 0, 5000);
  const dead = [...names.values()].filter((name) => name !== 'u9');
  const alive = play(rota, names, dead, 5000, 20_000).get('u9')!;
  expect(longestGap([5000, ...alive])).toBeLessThan(2500);
});

test('one silence is noise, two with some time between are a fact, one answer ends it', () => {
  const { rota, units } = rotaOf(1, 250);
  const [unit] = units as [UnitTurns];
  const [turn] = unit.turns as [UnitTurns['turns'][number]];
  rota.answered(turn, 0, ANSWER_MS);
  rota.missed(turn, 500, 500, true);
  expect(rota.reachable(unit, 5000)).toBe(true);
  rota.missed(turn, 2000, 500, true);
  expect(rota.reachable(unit, 2000)).toBe(true);
  expect(rota.reachable(unit, 3000)).toBe(false);
  rota.answered(turn, 4000, ANSWER_MS);
  expect(rota.reachable(unit, 4000)).toBe(true);
});

test('after a silence that may still end in a late answer, the unit is left alone for twice the time-out', () => {
  const { rota, units } = rotaOf(1, 250);
  const [turn] = units[0]!.turns;
  rota.missed(turn!, 500, 500, true);
  expect(rota.next()!.at).toBeGreaterThanOrEqual(500 + 2 * TIMEOUT_MS);
});

test('requests of a unit that comes back are all asked again at once', () => {
  const rota = new PollScheduler(TIMEOUT_MS);
  const unit = rota.add([...every(250), ...every(250), ...every(1000)], 0);
  let now = 0;
  for (let i = 0; i < 12; i += 1) {
    const { turn, at } = rota.next()!;
    now = Math.max(now, at) + TIMEOUT_MS;
    rota.missed(turn, now, TIMEOUT_MS, true);
  }
  const { turn, at } = rota.next()!;
  rota.answered(turn, at, ANSWER_MS);
  expect(unit.turns.filter(({ silent }) => silent)).toEqual([]);
  expect(unit.turns.filter((other) => other !== turn).every(({ dueAt, silent }) => dueAt <= at && !silent)).toBe(true);
});

test('a request that is never answered does not hide the others of its unit', () => {
  const rota = new PollScheduler(TIMEOUT_MS);
  const unit = rota.add([{ periodMs: 250, vital: false }, ...every(250)], 0);
  const asked = [0, 0];
  let now = 0;
  while (now < 60_000) {
    const { turn, at } = rota.next()!;
    now = Math.max(now, at);
    asked[unit.turns.indexOf(turn)]! += 1;
    if (turn === unit.turns[0]) {
      now += TIMEOUT_MS;
      rota.missed(turn, now, TIMEOUT_MS, true);
    } else {
      now += ANSWER_MS;
      rota.answered(turn, now, ANSWER_MS);
    }
    expect(rota.reachable(unit, now)).toBe(true);
  }
  expect(asked[0]).toBeLessThan(15);
  expect(asked[1]).toBeGreaterThan(180);
});

test('a request that is always refused is asked every other second and the rest keep their pace', () => {
  const rota = new PollScheduler(TIMEOUT_MS);
  const unit = rota.add([...every(250), ...every(250)], 0);
  const asked = [0, 0];
  let now = 0;
  while (now < 60_000) {
    const { turn, at } = rota.next()!;
    now = Math.max(now, at) + ANSWER_MS;
    asked[unit.turns.indexOf(turn)]! += 1;
    if (turn === unit.turns[0]) rota.refused(turn, now, ANSWER_MS);
    else rota.answered(turn, now, ANSWER_MS);
  }
  expect(asked[0]).toBeLessThanOrEqual(35);
  expect(asked[1]).toBeGreaterThanOrEqual(235);
});

test('a unit that answers in 450 ms costs itself and not its neighbour', () => {
  const rota = new PollScheduler(TIMEOUT_MS);
  const slow = rota.add(
    [250, 250, 1000].map((periodMs) => ({ periodMs, vital: true })),
    0,
  );
  const names = new Map([
    [slow, 'slow'],
    [rota.add(every(250), 0), 'quick'],
  ]);
  const asked = play(rota, names, [], 0, 60_000, (name) => (name === 'slow' ? 450 : ANSWER_MS));
  const quick = asked.get('quick')!;
  expect(quick.length).toBeGreaterThan(0.75 * 240);
  expect(longestGap(quick)).toBeLessThanOrEqual(250 + 450);
  // It is heard itself before it would be called stale, with each of its requests.
  expect(asked.get('slow')!.length).toBeGreaterThan(3 * (60_000 / 5_000));
});

test('a line whose units are all slow asks each as often as it can', () => {
  const { rota, names } = rotaOf(2, 250);
  const asked = play(rota, names, [], 0, 60_000, () => 450);
  for (const times of asked.values()) expect(times.length).toBeGreaterThan(60);
});

test('a unit that was slow once is soon asked at its period again', () => {
  const { rota, names } = rotaOf(2, 250);
  play(rota, names, [], 0, 5_000, (name) => (name === 'u0' ? 450 : ANSWER_MS));
  play(rota, names, [], 5_000, 15_000);
  for (const times of play(rota, names, [], 15_000, 25_000).values()) expect(times.length).toBeGreaterThanOrEqual(39);
});
