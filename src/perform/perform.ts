/**
 * Carries out duties: a write to a device, a picture for an alarm. One of the two places where errors of the world are
 * caught; each becomes an outcome with a reason a person can read. It never decides whether a duty is owed.
 */
import type { Duty, Input, Value } from '../core/types.ts';
import type { World } from '../world.ts';
import type { Pictures } from './pictures.ts';

/** What duties are carried out with. Rejections are sentences for the operator. */
export interface Means {
  write(device: string, point: string, value: Value): Promise<void>;
  snapshot(camera: string): Promise<Uint8Array>;
  readonly pictures: Pictures;
  readonly world: World;
}

type Outcome = Extract<Input, { kind: 'outcome' }>;

async function attempt(duty: Duty, means: Means): Promise<Outcome> {
  if (duty.do === 'write') {
    const { device, point, value } = duty;
    await means.write(device, point, value);
    return { kind: 'outcome', duty: duty.id, ok: true, wrote: { device, point, value } };
  }
  const jpeg = await means.snapshot(duty.camera);
  const brought = await means.pictures.keep(duty.alarm, means.world.now(), jpeg);
  return { kind: 'outcome', duty: duty.id, ok: true, brought };
}

/** Does one duty. Never rejects: a failure is an outcome too. */
export async function perform(duty: Duty, means: Means): Promise<Outcome> {
  try {
    return await attempt(duty, means);
  } catch (error) {
    return { kind: 'outcome', duty: duty.id, ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
