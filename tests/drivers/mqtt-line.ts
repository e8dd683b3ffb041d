/** A line that writes down what a driver says over it, and lets a test hold back the moment at which a report is kept. */

import fence from '../../devices/fence-host-mqtt.ts';
import reader from '../../devices/patrol-reader-mqtt.ts';
import type { MqttDevice } from '../../src/drivers/connection-options.ts';
import type { Driver, Line, LineActions, LineDevice, Report } from '../../src/drivers/line.ts';
import { bothLanguages } from '../../src/words/words.ts';
import { realWorld } from '../../src/world/world.ts';

export const devices: readonly LineDevice<MqttDevice>[] = [
  { id: 'fence-1', profile: fence, options: { password: 'fence-secret' } },
  { id: 'gate', profile: reader, options: { password: 'gate-secret', topic: 'campus/east/gate' } },
];

export interface Kept {
  readonly report: Report;
  /** Says that it is durable. */
  keep(): void;
  /** Says that it could not be kept. */
  refuse(): void;
}

export interface Recorder<P> {
  readonly line: Line<P, MqttDevice>;
  readonly kept: Kept[];
  readonly links: { device: string; up: boolean; why: string }[];
  readonly drops: { reason: string; device?: string; topic?: string; why: string }[];
  readonly troubles: Map<string, string>;
  readonly logged: string[];
  /** While true, reports wait for the test to keep or refuse them. */
  hold: boolean;
  actions: LineActions;
  stop(): void;
}

export function recorder<P>(options: P, on: readonly LineDevice<MqttDevice>[] = devices): Recorder<P> {
  const stopping = new AbortController();
  const logged: string[] = [];
  const log = (message: string) => {
    logged.push(message);
  };
  const made: Recorder<P> = {
    kept: [],
    links: [],
    drops: [],
    troubles: new Map(),
    logged,
    hold: false,
    actions: {},
    stop: () => stopping.abort(),
    line: {
      id: 'mqtt',
      options,
      devices: on,
      world: realWorld({ info: log, warn: log, error: log }),
      signal: stopping.signal,
      report(report) {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        made.kept.push({ report, keep: resolve, refuse: () => reject(new Error('the journal is stuck')) });
        if (!made.hold) resolve();
        return promise;
      },
      link(device, up, why) {
        made.links.push({ device, up, why: bothLanguages(why) });
      },
      drop(reason, { device, topic, why }) {
        made.drops.push({
          reason,
          why: typeof why === 'string' ? why : bothLanguages(why),
          ...(device ? { device } : {}),
          ...(topic ? { topic } : {}),
        });
      },
      said: () => undefined,
      ready: () => undefined,
      memory: (make) => make(),
      offer(actions) {
        made.actions = actions;
      },
      trouble(about, why) {
        if (why) made.troubles.set(about, why.en);
        else made.troubles.delete(about);
      },
    },
  };
  return made;
}

/** Runs a driver on a recorder; `ended` resolves with its error or undefined. */
export function start<P>(
  driver: Driver<P, MqttDevice>,
  on: Recorder<P>,
): { ended: Promise<unknown>; stop(): Promise<void> } {
  const ended = driver(on.line).then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    ended,
    async stop() {
      on.stop();
      const error = await ended;
      if (error !== undefined) throw error;
    },
  };
}
