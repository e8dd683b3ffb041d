/**
 * Reckons once after each local midnight how much of the day before each camera of the canteen could be seen, from the journal, and hands what
 * fell short to the gateway, which proposes a rectification. After a restart it reckons again; that nothing comes twice is the core's to see to.
 */
import { localDay, timeOf } from '../../core/site/calendar.ts';
import type { Input } from '../../core/types.ts';
import type { GatewayPort } from '../../server/gateway-port.ts';
import { onlineOf } from '../../server/report/online-routes.ts';
import type { World } from '../../world/world.ts';

const everyMs = 60_000;

export interface RateWatchParts {
  readonly world: World;
  readonly house: GatewayPort;
  readonly offer: (input: Input) => Promise<void>;
}

export class RateWatch {
  readonly #parts: RateWatchParts;
  /** The last local day that was reckoned. */
  #reckoned: number | undefined;

  constructor(parts: RateWatchParts) {
    this.#parts = parts;
  }

  /** Reckons yesterday, unless it was. Rejects when the journal cannot be read or written; the next look tries again. */
  async look(): Promise<void> {
    const { house, offer } = this.#parts;
    const { canteen, cameras, utcOffsetMin } = house.site();
    const day = localDay(house.now(), utcOffsetMin) - 1;
    if (!canteen || !cameras || this.#reckoned === day) return;
    const [from, to] = [timeOf(day, 0, utcOffsetMin), timeOf(day + 1, 0, utcOffsetMin)];
    const ofCanteen = new Set(Object.values(canteen.areas).flatMap((area) => area.cameras));
    const report = await onlineOf(house, { from, to, by: 'day' });
    for (const { id, whole } of report.cameras) {
      const { rate, seenMs, unseenMs, unknownMs } = whole;
      if (rate === null || !ofCanteen.has(id)) continue;
      // What nobody knows speaks for the kitchen: it has to fall short even if all of that was seen.
      const share = (seenMs + unknownMs) / (seenMs + unseenMs + unknownMs);
      if (100 * share >= canteen.leastOnline) continue;
      const percent = Math.floor(1_000 * rate) / 10;
      await offer({ kind: 'rate-found', found: { camera: id, day, percent } });
    }
    this.#reckoned = day;
  }

  /** Runs until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const { world } = this.#parts;
    while (!signal.aborted) {
      await this.look().catch((error) =>
        world.log.warn('online rates of a day are not reckoned', { error: String(error) }),
      );
      await world.sleep(everyMs, signal).catch((error) => {
        if (!signal.aborted) throw error;
      });
    }
  }
}
