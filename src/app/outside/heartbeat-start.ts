/**
 * The heartbeat as the application runs it: the ways that the configuration names, and the gateway's own word on how it is. It
 * wires and decides nothing.
 */
import { httpBeat } from '../../heartbeat/beat-http.ts';
import { mqttBeat } from '../../heartbeat/beat-mqtt.ts';
import { runHeartbeat } from '../../heartbeat/heartbeat.ts';
import { takePulse } from '../../heartbeat/pulse.ts';
import type { Config } from '../../site/load-site.ts';
import type { World } from '../../world/world.ts';
import type { Gateway } from '../gateway.ts';
import type { Troubles } from '../troubles.ts';

/** Ways that beat at one moment share one look at the gateway. */
const sharedMs = 1_000;

/** Tells whoever is configured outside that the gateway is well, until the signal. */
export function heartbeatOf({ heartbeat, store }: Config, gateway: Gateway, world: World, troubles: Troubles) {
  const ways = heartbeat.map((one) => (one.protocol === 'http' ? httpBeat(one, world) : mqttBeat(one, world)));
  const known = () => troubles.all().find(({ part }) => part === 'journal')?.why;
  const read = (look: () => void) => gateway.read(look);
  let last: { readonly at: number; readonly pulse: ReturnType<typeof takePulse> } | undefined;
  const unwell = () => {
    if (last === undefined || world.elapsed() - last.at >= sharedMs)
      last = { at: world.elapsed(), pulse: takePulse({ world, dir: store.dir, read, known }) };
    return last.pulse;
  };
  return { run: (signal: AbortSignal) => runHeartbeat({ world, ways, unwell, trouble: troubles.set }, signal) };
}
