/** What the laws of models say of sensors and of fire panels: a range for what is measured, and no way to write to a panel. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import store from '../../devices/cold-store-modbus.ts';
import panel from '../../devices/fire-panel-modbus.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { faultsOf } from '../../src/site/profile-laws.ts';

const folder = new URL('../../devices/', import.meta.url);

async function every(): Promise<Profile[]> {
  const names = (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith('.ts'));
  return Promise.all(
    names.map(
      async (name) =>
        ((await import(pathToFileURL(fileURLToPath(new URL(name, folder))).href)) as { default: Profile }).default,
    ),
  );
}

const changed = (model: Profile, key: string, change: object): Profile => ({
  ...model,
  points: model.points.map((point) => (point.key === key ? { ...point, ...change } : point)),
});

test('no fire panel can be written to, and each of its contacts alarms however the school is armed', async () => {
  const panels = (await every()).filter(({ family }) => family === 'panel');
  expect(panels.map(({ id }) => id)).toContain('fire-panel-modbus');
  for (const { points } of panels) {
    for (const { key, writable, alarm } of points)
      expect([key, writable, alarm?.always]).toEqual([key, undefined, true]);
  }
});

test('a fire panel with a writable point, or with an alarm that can be disarmed, is no true model', () => {
  expect(faultsOf(changed(panel, 'fire', { writable: true }), panel.id).join()).toContain('never controlled');
  const armed = { alarm: { kind: 'fire', priority: 1, when: { is: true } } };
  expect(faultsOf(changed(panel, 'fire', armed), panel.id).join()).toContain('always: true');
});

test('a gauge of a sensor says what it can measure, so that an open circuit is no cold', () => {
  expect(faultsOf(changed(store, 'temperature', { range: undefined }), store.id).join()).toContain('has no range');
  expect(faultsOf(changed(store, 'temperature', { range: [5, 5] }), store.id).join()).toContain(
    'ends before it begins',
  );
});

test('what measures a temperature is a gauge', () => {
  const state = changed(panel, 'fire', { quantity: 'temperature' });
  expect(faultsOf(state, panel.id).join()).toContain('must be a gauge');
  expect(faultsOf(changed(panel, 'fire', { stuckMs: 60_000 }), panel.id).join()).toContain('have no meaning');
});
