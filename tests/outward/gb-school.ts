/**
 * A school that reports to a video platform, and the datagrams between the two: a relay that lets through, drops or doubles what a test says,
 * and a clock that goes faster, so that half a minute of silence is not waited for.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { Command, Event } from '../../src/core/types.ts';
import type { GbOptions } from '../../src/outward/gb28181/gb-options.ts';
import { Gb28181Out } from '../../src/outward/gb28181/gb28181-out.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { folderOf, Place } from './place.ts';
import { freeUdpPort, ourId, password, platformId, type Sipp } from './sipp.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
export async function gbSchool(
  to: Pick<Sipp, 'port'>,
  more: Partial<GbOptions> = {},
  kept: { place?: Place; dir?: string; world?: World } = {},
) {
  const { place = new Place(), dir = await folderOf(), world = realWorld(quiet) } = kept;
  place.now = Date.now();
  const localPort = await freeUdpPort();
  const asked: Command[] = [];
  const out = new Gb28181Out({
    options: {
      ...{ host: '127.0.0.1', port: to.port, transport: 'udp', localPort, serverId: platformId, domain: '3402000000' },
      ...{
        id: ourId,
        user: ourId,
        password,
        version: '2022',
        encoding: 'GB18030',
        expiresSec: 3_600,
        keepaliveSec: 60,
      },
      ...{ channels: {}, guard: 'none', resetWaitSec: 60, duress: false },
      ...more,
    },
    ...{ source: place.source, world, dir, version: '1.2.3' },
    command: async (_, command) => {
      asked.push(command);
      return [] as Event[];
    },
  });
  const over = new AbortController();
  const ran = out.run(over.signal);
  const stop = async () => {
    over.abort();
    await ran;
  };
  onTestFinished(stop);
  return { place, out, stop, localPort, asked, dir };
}

/** The machine's own clock, so many times as fast. */
export function fasterWorld(times: number): World {
  const world = realWorld(quiet);
  return {
    ...world,
    sleep: async (ms, signal) => await world.sleep(ms / times, signal),
    elapsed: () => world.elapsed() * times,
  };
}

/** Of one datagram, how often it goes on: 0 drops it. `way` is from the school or to it. */
export type Passing = (text: string, way: 'out' | 'back') => number;

/** Stands between a school and a platform on loopback; `pass` may be changed while it runs. */
export async function sipRelay(platform: number): Promise<{ readonly port: number; pass: Passing }> {
  const [front, behind] = [createSocket('udp4').bind(0, '127.0.0.1'), createSocket('udp4').bind(0, '127.0.0.1')];
  onTestFinished(() => {
    front.close();
    behind.close();
  });
  await Promise.all([once(front, 'listening'), once(behind, 'listening')]);
  const relay = { port: front.address().port, pass: (() => 1) as Passing };
  let school = 0;
  front.on('message', (bytes, { port }) => {
    school = port;
    const often = relay.pass(bytes.toString('latin1'), 'out');
    for (let one = 0; one < often; one += 1) behind.send(bytes, platform, '127.0.0.1');
  });
  behind.on('message', (bytes) => {
    const often = relay.pass(bytes.toString('latin1'), 'back');
    for (let one = 0; one < often; one += 1) front.send(bytes, school, '127.0.0.1');
  });
  return relay;
}
