/**
 * The canteen's one question, asked every two seconds, and what it last answered. Each answer is a sign of life, so the page's clock and its
 * staleness are those of every other page. Nothing here decides; what the gateway says is shown.
 */
import { signal } from '@preact/signals';
import type { CanteenView } from '../../core/canteen/canteen-view.ts';
import type { SensorStanding, Time, Value, Words } from '../../core/types.ts';
import { Failed, readChanged, sentence } from '../page/gateway-api.ts';
import { advance } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';

const EACH_MS = 2_000;

/** An alarm of today. */
export interface DayAlarm {
  readonly id: number;
  readonly kind: string;
  readonly device: string;
  readonly title?: Words;
  readonly raisedAt: Time;
  readonly count: number;
  readonly why?: Words;
  readonly value?: Value;
  readonly returnedAt?: Time;
  /** It stood when its device was last heard, and whether it does now nobody knows. */
  readonly known?: false;
  readonly closedAt?: Time;
  readonly picture?: string;
}
export interface CanteenAnswer extends CanteenView {
  readonly at: Time;
  readonly alarms: readonly DayAlarm[];
  readonly gauges: readonly SensorStanding[];
  /** By camera: the share of today's hours it could be seen; null where nothing is known. */
  readonly rates: Readonly<Record<string, number | null>>;
}

export const canteen = signal<CanteenAnswer | undefined>(undefined);
/** Why there is no answer, while there is none at all. */
export const unanswered = signal<string | undefined>(undefined);

let etag: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let asking = false;

/** Asks now; after an act its outcome is shown at once. */
export async function askCanteen(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const answer = await readChanged<CanteenAnswer>('/api/canteen', etag);
    if (answer.value) {
      canteen.value = answer.value;
      you.value = answer.value.user;
      etag = answer.etag;
    }
    unanswered.value = undefined;
    if (Number.isFinite(answer.now)) advance(answer.now);
  } catch (failure) {
    unanswered.value = sentence(failure);
    if (failure instanceof Failed && failure.status === 403) canteen.value = undefined;
  } finally {
    asking = false;
  }
}

/** Asks until the page is left. Returns the way to stop. */
export function followCanteen(): () => void {
  const turn = async () => {
    await askCanteen();
    timer = setTimeout(() => void turn(), EACH_MS);
  };
  void turn();
  return () => clearTimeout(timer);
}
