/**
 * Carries out duties: a write to a device, a picture for an alarm, a message. Whatever a duty is refused with ends here: it
 * becomes an outcome with a reason a person can read, so that nothing a device or a receiver does can stop the loop. It
 * never decides whether a duty is owed.
 */
import type { Duty, Input, Value, Words } from '../core/types.ts';
import type { World } from '../world/world.ts';
import type { Pictures } from './pictures.ts';

/** What duties are carried out with. Rejections are sentences for the operator. */
export interface Means {
  write(device: string, point: string, value: Value): Promise<void>;
  snapshot(camera: string): Promise<Uint8Array>;
  notify(duty: Extract<Duty, { do: 'notify' }>): Promise<void>;
  readonly pictures: Pictures;
  readonly world: World;
}

/** Longer than any device may take; a line that answers later, or never, must not hold a duty for ever. */
const limitMs = 30_000;

/** The reason as an outcome carries it. Here and nowhere else `Words` become one text. */
export const outcomeText = ({ zh, en }: Words): string => `${zh} / ${en}`;

type Outcome = Extract<Input, { kind: 'outcome' }>;

async function attempt(duty: Duty, means: Means): Promise<Outcome> {
  if (duty.do === 'write') {
    const { device, point, value } = duty;
    await means.write(device, point, value);
    return { kind: 'outcome', duty: duty.id, ok: true, wrote: { device, point, value } };
  }
  if (duty.do === 'notify') {
    await means.notify(duty);
    return { kind: 'outcome', duty: duty.id, ok: true };
  }
  const jpeg = await means.snapshot(duty.camera);
  const brought = await means.pictures.keep(duty.alarm, means.world.now(), jpeg);
  return { kind: 'outcome', duty: duty.id, ok: true, brought };
}

/** Does one duty. Never rejects: a failure is an outcome too. */
export async function perform(duty: Duty, means: Means): Promise<Outcome> {
  const answered = new AbortController();
  const failed = (why: string): Outcome => ({ kind: 'outcome', duty: duty.id, ok: false, why });
  const late = means.world.sleep(limitMs, answered.signal).then(
    () => {
      const seconds = limitMs / 1_000;
      const zh = `${seconds} 秒内没有结果，请检查设备`;
      return failed(outcomeText({ zh, en: `no result within ${seconds} s; check the device` }));
    },
    () => failed(''),
  );
  try {
    return await Promise.race([attempt(duty, means), late]);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  } finally {
    answered.abort();
  }
}
