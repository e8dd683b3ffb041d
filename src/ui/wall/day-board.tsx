/**
 * The day as five lines, where the alarm list stands while nothing is open. It is drawn from the records, asked again when something
 * was raised, closed, armed or disarmed, and every five minutes; it is never shown of a gateway that is not heard.
 */
import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { localDay, timeOf } from '../../core/site/calendar.ts';
import { mayAsk } from '../../core/site/rights.ts';
import { zoneMode } from '../../core/site/watched.ts';
import type { AlarmRecord, ArmMode, Event } from '../../core/types.ts';
import {
  type ArmedThen,
  type DayLane,
  type DayLine,
  type DaySegment,
  dayLanes,
  dayLine,
} from '../../core/view/day-line.ts';
import { dayBoard, dayLaneNames, daySaid } from '../../words/screens/day-words.ts';
import { read } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { select, you } from '../page/page-feed.ts';
import { useLoaded } from '../page/page-frame.tsx';
import { closed, minute, offset, raises, rounds } from '../page/views.ts';
import './day-board.css';

const LIMIT = 1_000;
const AGAIN_MS = 300_000;
const DAY_MS = 86_400_000;
/** A zone is put into another mode at least once in this time, where a schedule does it; our own number. */
const BACK_MS = DAY_MS + DAY_MS / 2;
const hours = [0, 6, 12, 18, 24];

const modes = select<Readonly<Record<string, ArmMode>>>(
  (state, place) => Object.fromEntries(Object.keys(place.zones).map((id) => [id, zoneMode(state, id)])),
  {},
);

interface DayRecords {
  readonly alarms: readonly AlarmRecord[];
  readonly armings: readonly ArmedThen[];
  readonly partly: boolean;
}

async function recordsSince(from: number): Promise<DayRecords> {
  const [raised, armed] = await Promise.all([
    read<{ rows: readonly AlarmRecord[]; next?: string }>(`/api/alarms?from=${from - DAY_MS}&limit=${LIMIT}`),
    read<{ rows: readonly Event[]; next?: string }>(
      `/api/events?kind=zone-armed&from=${from - BACK_MS}&limit=${LIMIT}`,
    ),
  ]);
  const alarms = raised.rows.filter(({ raisedAt, returnedAt, closedAt }) => {
    const end = returnedAt ?? closedAt;
    return raisedAt >= from || end === undefined || end > from;
  });
  const armings = armed.rows.flatMap((one) => (one.kind === 'zone-armed' ? [one] : []));
  return { alarms, armings, partly: raised.next !== undefined || armed.next !== undefined };
}

/** A lane is so many units wide and high; a mark is never narrower than a wall can show. */
const [width, height, narrowest] = [1_440, 100, 15];
const plain = 'plain';
const kinds = [plain, 'of1', 'of2', 'of3', 'ahead', 'failed'] as const;
/** How high an alarm stands, by its priority. */
const tall: Readonly<Record<number, number>> = { 1: 1, 2: 0.7, 3: 0.4 };

const kindOf = ({ ahead, failed, priority }: DaySegment): (typeof kinds)[number] => {
  if (ahead) return 'ahead';
  if (failed) return 'failed';
  return kinds.find((kind) => kind === `of${priority}`) ?? plain;
};

/** One lane, always the same few nodes: a day with a thousand alarms makes a path longer and the page no larger. */
function Lane({ line, lane, at }: { line: DayLine; lane: DayLane; at: number }) {
  const x = (time: number) =>
    Math.round((width * (Math.min(Math.max(time, line.from), line.to) - line.from)) / (line.to - line.from));
  const box = ({ from, to = at, part, priority, ahead }: DaySegment) => {
    const high = height * (ahead ? 1 : priority === undefined ? part : (tall[priority] ?? part));
    return `M${x(from)} ${height}V${height - Math.round(high)}H${Math.max(x(to), x(from) + narrowest)}V${height}Z`;
  };
  const paths = new Map<string, string>();
  for (const segment of line.lanes[lane]) {
    const kind = kindOf(segment);
    paths.set(kind, (paths.get(kind) ?? '') + box(segment));
  }
  return (
    <div class={`lane of-${lane}`} data-lane={lane}>
      <span class="name">{say(dayLaneNames[lane])}</span>
      <svg class="track" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {kinds.map((kind) => (
          <path key={kind} class={`drawn ${kind}`} d={paths.get(kind) ?? ''} />
        ))}
      </svg>
      <span class="count">{lane === 'watch' ? `${line.counts.watch}%` : line.counts[lane]}</span>
    </div>
  );
}

export function DayBoard() {
  const from = useComputed(() => timeOf(localDay(minute.value, offset.value), 0, offset.value)).value;
  const news = [from, raises.value.at(-1), closed.value[0]?.id, Object.values(modes.value).join(' ')].join(' ');
  const [loaded, again] = useLoaded(() => recordsSince(from), news);
  const known = useRef<DayRecords | undefined>(undefined);
  useEffect(() => {
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [again]);
  if (!you.value || !mayAsk(you.value.role, 'events') || minute.value === 0) return null;
  if (loaded.phase === 'failed') return <p class="day-note">{say(dayBoard.notLoaded)}</p>;
  if (loaded.phase === 'there') known.current = loaded.value;
  // While it is asked again what was known stays: a wall does not flicker.
  if (!known.current) return <div class="day-board" />;
  const at = minute.value;
  const line = dayLine({
    ...known.current,
    from,
    to: from + DAY_MS,
    now: at,
    zones: modes.value,
    rounds: rounds.value,
  });
  const gone = Math.min(100, (100 * (at - from)) / DAY_MS);
  return (
    <div class="day-board" role="img" aria-label={say(daySaid(line.counts))}>
      {dayLanes.map((lane) => (
        <Lane key={lane} line={line} lane={lane} at={at} />
      ))}
      <div class="axis">
        <span class="hours">
          {hours.map((hour) => (
            <b key={hour} style={{ left: `${(100 * hour) / 24}%` }}>
              {String(hour).padStart(2, '0')}
            </b>
          ))}
        </span>
      </div>
      <div class="now-line">
        <i style={{ left: `${gone}%` }} />
      </div>
      {known.current.partly && <p class="day-note">{say(dayBoard.partly)}</p>}
    </div>
  );
}
