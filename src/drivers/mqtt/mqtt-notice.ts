/**
 * Says what goes wrong with MQTT senders without letting a sender flood anything: troubles that pass by themselves,
 * and log lines limited per sender. One broken device made a million protocol errors in forty seconds.
 * It must never hold more than a fixed number of senders.
 */
import type { Time, Words } from '../../core/types.ts';
import type { Line } from '../line.ts';

/** A trouble that nothing renewed for this long is taken back. */
const passesMs = 600_000;
/** At most one log line per sender, and one new wording per trouble, in this time. */
const logEveryMs = 60_000;
const sendersMax = 1_000;
const troublesMax = 500;

export interface Notices {
  /** Says a trouble, or renews it. `about` must come from configuration or a fixed list, not from a sender. */
  trouble(about: string, why: Words): void;
  /** Takes it back. */
  fine(about: string): void;
  /** Logs a warning about a sender, at most once a minute each, with the number of those held back. */
  warn(sender: string, message: string): void;
  /** Takes back what has passed and says what the log held back. Call it now and then. */
  sweep(): void;
}

export function notices(line: Pick<Line, 'world' | 'trouble'>): Notices {
  const standing = new Map<string, { until: Time; reword: Time; en: string }>();
  const senders = new Map<string, { next: Time; held: number; last: string }>();
  const now = () => line.world.elapsed();
  return {
    trouble(about, why) {
      const known = standing.get(about);
      if (!known && standing.size >= troublesMax) return;
      const until = now() + passesMs;
      if (known && (known.en === why.en || now() < known.reword)) {
        known.until = until;
        return;
      }
      standing.set(about, { until, reword: now() + logEveryMs, en: why.en });
      line.trouble(about, why);
    },
    fine(about) {
      if (standing.delete(about)) line.trouble(about, undefined);
    },
    warn(sender, message) {
      const known = senders.get(sender);
      if (known && now() < known.next) {
        known.held += 1;
        known.last = message;
        return;
      }
      if (!known && senders.size >= sendersMax) senders.delete(senders.keys().next().value!);
      senders.set(sender, { next: now() + logEveryMs, held: 0, last: message });
      line.world.log.warn(`MQTT sender ${sender}: ${message}`);
    },
    sweep() {
      const t = now();
      for (const [about, { until }] of standing) if (t >= until) this.fine(about);
      for (const [sender, { next, held, last }] of senders) {
        if (t < next) continue;
        senders.delete(sender);
        if (held > 0) line.world.log.warn(`MQTT sender ${sender}: ${held} more in the last minute, the last: ${last}`);
      }
    },
  };
}
