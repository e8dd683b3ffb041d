/**
 * Lists the ONVIF cameras that answer a probe. Nobody has accepted them yet, so nothing is sent to them but the probe.
 */
import { discover } from '../drivers/onvif/onvif-discover.ts';
import { camerasAnswered } from '../words/command-words.ts';
import type { World } from '../world/world.ts';

/** Prints one line a camera; resolves with the exit code. */
export async function printFound(world: World): Promise<number> {
  const found = await discover(world, {});
  for (const { address, name, hardware, from } of found) console.log([from, address, name, hardware].join('\t'));
  console.error(camerasAnswered(found.length));
  return 0;
}
