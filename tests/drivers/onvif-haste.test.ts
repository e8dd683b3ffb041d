/** Cameras that cut, refuse or leave unanswered what comes faster than they like, drawn by chance: each is heard, and after an outage again. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Camera } from '../../simulators/camera/camera.ts';
import type { CameraFaults, Haste } from '../../simulators/camera/camera-faults.ts';
import { seeded } from '../../simulators/fence/random.ts';
import { type SupervisedLine, secured, supervised } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

interface Drawn {
  readonly auth: 'digest' | 'usernametoken' | 'both';
  readonly faults: Partial<CameraFaults>;
}

function drawn(chance: () => number, answers: readonly Haste['answer'][]): Drawn {
  const one = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)]!;
  return {
    auth: one(['digest', 'usernametoken', 'both']),
    faults: {
      haste: {
        perSecond: one([2, 2, 3, 4, 6]),
        counts: one(['connections', 'requests']),
        window: one(['fixed', 'sliding']),
        answer: one(answers),
      },
      after: one(['kept', 'kept', 'ended', 'deaf']),
      nonceOnce: one([false, true]),
    },
  };
}

async function heard(line: SupervisedLine, cam: Camera, masked: boolean): Promise<void> {
  cam.set('masked', masked);
  await line.until(`masked ${masked} is heard`, () => line.reports.at(-1)?.values[0]?.[1] === masked);
}

/** What the camera counted as too fast, for its first log-in and the one after an outage. */
async function throughAnOutage({ auth, faults }: Drawn): Promise<readonly [number, number]> {
  const { cam, options } = await secured({ auth, faults });
  stops.push(() => cam.stop());
  const line = supervised({ ...options, timeoutMs: 2_000 });
  stops.push(() => line.stop());
  await heard(line, cam, false);
  const first = cam.hurried;
  await cam.refuse(true);
  await line.until('it is down', () => line.links.at(-1)?.up === false);
  cam.forget();
  await cam.refuse(false);
  await heard(line, cam, true);
  expect(cam.auth.refused, 'credentials refused').toBeLessThan(4);
  return [first, cam.hurried - first];
}

describe('a camera that takes only so much in a second', () => {
  test.each([
    ['and cuts the rest', ['reset', 'end'] as const, 9, 9],
    ['and answers the rest by a status', [503, 429] as const, 9, 9],
  ])('%s is heard, and asked no faster once that is known', async (_, answers, firstMax, laterMax) => {
    const cameras = Array.from({ length: 16 }, (_, n) => drawn(seeded(700 + n), answers));
    const counts = await Promise.all(cameras.map(async (one) => ({ ...one, counts: await throughAnOutage(one) })));
    const tooFast = counts.filter(({ counts: [first, later] }) => first > firstMax || later > laterMax);
    expect(tooFast).toEqual([]);
  });

  test('and never answers the rest is heard', async () => {
    const cameras = Array.from({ length: 8 }, (_, n) => drawn(seeded(900 + n), ['mute']));
    await Promise.all(cameras.map(throughAnOutage));
  });
});
