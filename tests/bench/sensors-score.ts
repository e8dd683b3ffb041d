/**
 * Cold stores by the month, one thing failing in each or nothing, judged by the limits of the core and by the limit alone: how many of the
 * failures are told, how long after the food began to be too warm, and how often a store that is well is an alarm.
 */
import { coldStore, type StoreFailure, storeFailures } from '../../simulators/store/cold-store.ts';
import { canteen } from '../core/cold-store.ts';
import { minute, monday, Story } from '../core/school.ts';

const days = 30;
/** The freezer of docs/sensors.md: beyond −15 °C for half an hour, looser while it is loaded; urgent beyond −8 °C for ten minutes. */
const site = canteen;
const limit = -15;
const dwell = 30;

/** Seeds of their own for choosing limits, for what is reported, and for checking the bench. */
export const firstStore = { tuning: 100_000, scoring: 200_000, checking: 300_000 } as const;

/** One month of one store. */
export interface StoreMonth {
  readonly failure: StoreFailure;
  /** The air was beyond the limit for the whole dwell while it failed: it had to be told. */
  readonly due: boolean;
  readonly found: boolean;
  /** Minutes from the air passing the limit to the alarm. */
  readonly after?: number;
  /** Alarms while nothing had failed; by the limits of the core, and by the limit alone. */
  readonly false: number;
  readonly naive: number;
}

export function playStore(seed: number, failure: StoreFailure): StoreMonth {
  const failsAt = 1_440 * (5 + (seed % 15)) + ((seed * 37) % 1_440);
  const failsFor = 8 * 60;
  // What it takes to be cold again is still the failure.
  const over = failsAt + failsFor + 6 * 60;
  const story = new Story(monday);
  story.site = site;
  const within = (at: number) => failure !== 'none' && at >= failsAt && at < over;
  let [warm, dueAt, naive, stood] = [0, undefined as number | undefined, 0, false];
  const alarms: number[] = [];
  for (const { minute: at, air, reading } of coldStore(seed, days, failure, failsAt, failsFor)) {
    story.now = monday + at * minute;
    if (reading !== undefined) {
      story.reads('store', { temperature: reading });
      const beyond = reading > limit && reading < 85;
      if (beyond && !stood && !within(at)) naive++;
      stood = beyond;
    }
    const raised = [...story.tell({ kind: 'tick' }), ...story.events].some(
      (event) => event.kind === 'raised' && event.alarm === 'temperature',
    );
    if (raised) alarms.push(at);
    // As somebody who sees to it: what was told is done with once it is over.
    for (const alarm of story.state.alarms.values()) {
      if (alarm.causes.length > 0) continue;
      story.take({ kind: 'acknowledged', alarm: alarm.id, by: 'wang' });
      story.take({ kind: 'closed', alarm: alarm.id, by: 'wang', reason: 'B5' });
    }
    story.events.length = 0;
    warm = within(at) && air > limit ? warm + 1 : 0;
    if (warm === dwell) dueAt ??= at - dwell + 1;
  }
  const first = alarms.find(within);
  return {
    failure,
    due: dueAt !== undefined,
    found: first !== undefined,
    ...(first !== undefined && dueAt !== undefined && { after: first - dueAt }),
    false: alarms.filter((at) => !within(at)).length,
    naive,
  };
}

const median = (all: readonly number[]): string => {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted.length === 0 ? '–' : String(sorted[Math.floor(sorted.length / 2)]);
};

/** The table of these months, by what failed. */
export function storeReport(months: readonly StoreMonth[]): string {
  const rows = storeFailures.map((failure) => {
    const own = months.filter((one) => one.failure === failure);
    const due = own.filter((one) => one.due);
    const found = due.filter((one) => one.found).length;
    const late = median(own.flatMap(({ after }) => (after === undefined ? [] : [after])));
    const sum = (of: 'false' | 'naive') =>
      (own.reduce((all, one) => all + one[of], 0) / Math.max(1, own.length)).toFixed(2);
    return `| ${failure} | ${own.length} | ${due.length === 0 ? '–' : `${found} of ${due.length}`} | ${late} | ${sum('false')} | ${sum('naive')} |`;
  });
  return [
    '| what fails | sensor-months | told | minutes after it was beyond, median | false a sensor-month | by the limit alone |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
