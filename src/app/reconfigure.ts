/**
 * Changes of the configuration while the gateway runs: one after the other, lines that stay are not touched, and what only
 * a restart can change is said instead of being ignored. After `end` nothing is started any more.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Words } from '../core/types.ts';
import type { LineConsumer } from '../drivers/supervise.ts';
import type { Channels } from '../perform/channels.ts';
import type { Config } from '../site/load-site.ts';
import { reconcile } from '../site/reconcile.ts';
import { needsRestart } from '../words/gateway-words.ts';
import type { Log } from '../world/world.ts';
import { differenceBetween } from './config-difference.ts';
import type { Gateway } from './gateway.ts';
import { rememberConfig } from './known-config.ts';
import type { Lines } from './lines.ts';

export interface Changeable {
  readonly gateway: Gateway;
  readonly lines: Lines;
  readonly channels: Channels;
  readonly sink: LineConsumer;
  readonly log: Log;
  trouble(part: string, why: Words | undefined): void;
}

/** Parts that are opened once, at the start. */
const fixed = ['server', 'store', 'influx', 'mqttOut', 'gb28181', 'dc09', 'district', 'heartbeat'] as const;

/** The parts without what a running server takes: the mark of another certificate in the same files. */
function asOpened({
  server,
  store,
  influx,
  mqttOut,
  gb28181,
  dc09,
  district,
  heartbeat,
}: Config): Pick<Config, (typeof fixed)[number]> {
  const { tls, ...rest } = server;
  const files = tls && { tls: { key: tls.key, cert: tls.cert } };
  const standards = { ...(gb28181 && { gb28181 }), ...(dc09 && { dc09 }) };
  const outside = {
    ...(influx && { influx }),
    ...(mqttOut && { mqttOut }),
    ...standards,
    ...(district && { district }),
  };
  return { server: { ...rest, ...files }, store, heartbeat, ...outside };
}

export class Changes {
  readonly #first: Config;
  readonly #parts: Changeable;
  #config: Config;
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(first: Config, parts: Changeable) {
    this.#first = first;
    this.#config = first;
    this.#parts = parts;
    parts.lines.start(first.lines, parts.sink);
  }

  /** What is in force, but for the parts that only a restart changes. */
  get config(): Config {
    return this.#config;
  }

  /** Resolves when the new lines are started and the change is durable; after `end`, at once and without effect. */
  async apply(next: Config, by: string): Promise<void> {
    const turn = this.#last.then(() => this.#switch(next, by));
    this.#last = turn;
    // The next change need not wait until this one is durable: a full disk must not keep lines from being started.
    await (await turn).kept;
  }

  /** Lets the change under way finish with the lines, and takes no more. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#last;
  }

  async #switch(next: Config, by: string): Promise<{ kept: Promise<void> }> {
    const { gateway, lines, channels, sink, log, trouble } = this.#parts;
    if (this.#ended) return { kept: Promise.resolve() };
    const changed = reconcile(this.#config, next);
    await lines.stop(changed.stop);
    if (this.#ended) return { kept: Promise.resolve() };
    const before = this.#config;
    this.#config = next;
    channels.use(next);
    const difference = differenceBetween(before, next, changed.stop);
    const kept = gateway.change(next.site, next.hash, by, difference);
    // Whoever asked hears of it; that nobody did is no reason to end the process.
    kept.then(
      () => rememberConfig(this.#first.store.dir, next, log),
      () => undefined,
    );
    lines.start(
      next.lines.filter(({ id }) => changed.start.includes(id)),
      sink,
    );
    trouble('config', this.#needsRestart(next));
    return { kept };
  }

  #needsRestart(next: Config): Words | undefined {
    const parts = fixed.filter((part) => !isDeepStrictEqual(asOpened(this.#first)[part], asOpened(next)[part]));
    if (parts.length === 0) return undefined;
    return needsRestart(parts.join(', '));
  }
}
