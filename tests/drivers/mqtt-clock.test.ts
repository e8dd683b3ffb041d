/** A device's clock against ours: told when it is off, and not when old beats come in one rush. */
import { expect, test } from 'vitest';
import type { Words } from '../../src/core/types.ts';
import { DeviceClocks } from '../../src/drivers/mqtt/mqtt-clock.ts';
import { notices } from '../../src/drivers/mqtt/mqtt-notice.ts';
import { realWorld } from '../../src/world/world.ts';
import { listeningLog } from '../store/place.ts';

const noon = Date.UTC(2026, 10, 29, 4);

function listening() {
  const troubles = new Map<string, Words>();
  const trouble = (about: string, why: Words | undefined) =>
    void (why ? troubles.set(about, why) : troubles.delete(about));
  const clocks = new DeviceClocks(notices({ world: realWorld(listeningLog()), trouble }));
  return { clocks, said: () => troubles.get('clock r1')?.en };
}

test('one that is off by half a minute or more is a trouble from its second beat on, until it is right', () => {
  const { clocks, said } = listening();
  clocks.heard('r1', noon - 30_000, noon);
  expect(said()).toBeUndefined();
  clocks.heard('r1', noon - 10_000, noon + 20_000);
  expect(said()).toContain('the clock of r1 is 30 seconds slow');
  clocks.heard('r1', noon + 40_000 - 29_999, noon + 40_000);
  expect(said()).toBeUndefined();
});

test('beats that waited in a reader and come together do not say that its clock is slow', () => {
  const { clocks, said } = listening();
  for (let n = 0; n < 30; n++) clocks.heard('r1', noon + n * 20_000, noon + 3_600_000 + n * 10);
  expect(said()).toBeUndefined();
  clocks.heard('r1', noon + 3_620_000, noon + 3_620_000);
  expect(said()).toBeUndefined();
});

test('a clock that shows nonsense is named as far as it is off, and does no harm', () => {
  const { clocks, said } = listening();
  for (const shown of [0, 0, 1e300, 1e300, -1e300]) clocks.heard('r1', shown, noon);
  expect(said()).toMatch(/years (fast|slow)/);
});
