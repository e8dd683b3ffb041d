/**
 * A host between the fence and whoever asks: its pace and its steps, and each way it deceives.
 */
import { expect, test } from 'vitest';
import { FenceHost, type HostBuild } from '../../simulators/fence/fence-host.ts';

const plain: HostBuild = { periodMs: 1_000, quantumN: 1, mean: false, seed: 1 };

/** Asks a host every 250 ms while the truth is `truth`. */
function ask(host: FenceHost, from: number, to: number, truth: (at: number) => number) {
  const told: { at: number; value: number | undefined }[] = [];
  for (let at = from; at < to; at += 50) {
    const one = truth(at);
    host.sample([one, one + 10], at);
    if (at % 250 === 0) told.push({ at, value: host.read(at)?.[0] });
  }
  return told;
}
const wave = (at: number) => 130 + 20 * Math.sin(at / 5_000);

test('a host tells in whole steps, and something new only at its own pace', () => {
  for (const periodMs of [250, 500, 1_000]) {
    const told = ask(new FenceHost({ ...plain, periodMs }), 0, 60_000, (at) => at / 100);
    expect(told.every(({ value }) => Number.isInteger(value))).toBe(true);
    const changes = told.filter(({ value }, i) => i > 0 && value !== told[i - 1]!.value).length;
    expect(changes / (60_000 / periodMs)).toBeGreaterThan(0.85);
    expect(changes / (60_000 / periodMs)).toBeLessThan(1.1);
  }
});

test('a host that takes means tells half way between, one that takes the newest does not', () => {
  const told = (mean: boolean) =>
    ask(new FenceHost({ ...plain, quantumN: 0.1, mean }), 0, 20_000, (at) => (at / 50) % 2);
  expect(told(false).every(({ value = 0 }) => value === 0 || value === 1)).toBe(true);
  const means = told(true).slice(8);
  for (const { value = 0 } of means) expect(Math.abs(value - 0.5)).toBeLessThan(0.11);
});

test('a frozen host says the same for ever, a silent one nothing, and both are well again', () => {
  const host = new FenceHost(plain);
  host.fail({ kind: 'frozen', from: 10_000, to: 20_000 });
  host.fail({ kind: 'silent', from: 30_000, to: 40_000 });
  const told = ask(host, 0, 60_000, wave);
  const of = (from: number, to: number) => told.filter(({ at }) => at >= from && at < to).map(({ value }) => value);
  expect(new Set(of(10_000, 20_000)).size).toBe(1);
  expect(new Set(of(30_000, 40_000))).toEqual(new Set([undefined]));
  expect(new Set(of(42_000, 60_000)).size).toBeGreaterThan(10);
});

test('a replay says again what was, to the last step, or with a little noise', () => {
  for (const noiseN of [0, 1]) {
    const host = new FenceHost({ ...plain, quantumN: 0.1 });
    host.fail({ kind: 'replay', from: 60_000, to: 300_000, lengthMs: 30_000, noiseN });
    const told = ask(host, 0, 300_000, wave).map(({ value = 0 }) => value);
    const [before, once, twice] = [told.slice(124, 236), told.slice(244, 356), told.slice(368, 480)];
    const off = once.map((value) => Math.min(...before.map((one) => Math.abs(one - value))));
    expect(Math.max(...off)).toBeLessThanOrEqual(noiseN === 0 ? 1e-9 : 1.1);
    expect(new Set(twice).size).toBeGreaterThan(5);
  }
});

test('when the supply drops every reading falls by the same share, and comes back with it', () => {
  const host = new FenceHost(plain);
  host.fail({ kind: 'supply', from: 10_000, to: 30_000, share: 0.7, fallMs: 5_000 });
  const told = ask(host, 0, 40_000, () => 130);
  const at = (when: number) => told.find((one) => one.at === when)?.value;
  expect([at(9_000), at(20_000), at(35_000)]).toEqual([130, 91, 130]);
});
