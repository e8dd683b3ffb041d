/**
 * A term of patrols against an independent reckoning: eighteen weeks, six routes, forty guards, two batons, one of them lost for
 * a week and one for six. What reached the gateway is told to the real core, kept in a real journal and asked of the real server;
 * a Python script that shares nothing with the product reckons it from the written rules. They must agree on every point.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { fileOf } from '../../src/baton/baton-file.ts';
import { fitRows } from '../../src/baton/fit-baton.ts';
import type { AuditCounts, PatrolAudit } from '../../src/core/report/audit-types.ts';
import type { Input, Time } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { minute, operator, Story } from '../core/school.ts';
import { people, place, stand } from '../server/place.ts';
import { listeningLog } from '../store/place.ts';
import { dayMs, plainPlan, stampOf, termBegins, termDays, termSite, utcOffsetMin } from './term-plan.ts';
import { type Told, termOf } from './term-walks.ts';

const python = promisify(execFile);
const termEnds = termBegins + termDays * dayMs;
/** When it is looked at: the last baton has been read out. */
const lookedAt = termEnds + 14 * 60 * minute;

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

async function inputOf(told: Told): Promise<Input> {
  if (told.is === 'read') {
    const { reader, card, made } = told;
    return { kind: 'reading', device: reader, values: [['scan', card]], sourceTime: made };
  }
  const { batch } = told;
  if (told.is === 'undo') return { kind: 'command', by: operator, command: { do: 'undo-import', batch } };
  const bytes = Buffer.from(told.csv);
  const { rows, faults } = await fileOf({ bytes, kind: 'csv', utcOffsetMin, rowsMax: 20_000 });
  expect(faults).toEqual([]);
  const { touches } = fitRows(termSite, rows);
  return { kind: 'command', by: operator, command: { do: 'import-touches', file: `${batch}.csv`, batch, touches } };
}

/** A gateway that ran through the whole term, and looked at its clock every ten minutes: verdicts may not depend on when it looks. */
async function gateway(told: readonly Told[]): Promise<Story> {
  const story = new Story(termBegins - 60 * minute);
  story.site = termSite;
  story.tell({ kind: 'started', version: 'test', config: 'term' });
  const left = [...told];
  for (let now = story.now; now <= lookedAt; now += 10 * minute) {
    while (left[0] && left[0].at < now) {
      story.now = left[0].at;
      story.tell(await inputOf(left.shift()!));
    }
    story.now = now;
    story.tell({ kind: 'tick' });
  }
  return story;
}

/** What the server says of a span, asked by a head of security. */
async function asked(story: Story) {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-term-'));
  const journal = await openJournal({ dir, log: listeningLog() });
  onTestFinished(async () => {
    await journal.close();
    await rm(dir, { recursive: true });
  });
  for (let from = 0; from < story.events.length; from += 1_000)
    await journal.append(story.events.slice(from, from + 1_000));
  const spot = place();
  spot.site = termSite;
  Object.assign(spot.house, {
    ...{ now: () => lookedAt, records: journal.query, checksOf: journal.checksOf, head: journal.head },
    read: async (look: (from: unknown) => unknown) => look(story.state),
  });
  const at = await stand(crowd.path, {}, spot);
  const cookie = await at.login('head');
  return async (from: Time, to: Time): Promise<PatrolAudit> => {
    const response = await at.fetch(`/api/patrol-audit?from=${from}&to=${to}`, { headers: { cookie } });
    expect(response.status).toBe(200);
    return (await response.json()) as PatrolAudit;
  };
}

interface Sums {
  readonly planned: number;
  readonly reached: number;
  readonly onTime: number;
  readonly verdicts: Readonly<Record<string, number>>;
}
interface Judged {
  readonly rounds: readonly {
    readonly route: string;
    readonly start: string;
    readonly result: string;
    readonly points: readonly {
      readonly id: string;
      readonly verdict: string;
      readonly made: string | null;
      readonly person: string | null;
    }[];
  }[];
  readonly pairs: readonly {
    readonly route: string;
    readonly start: string;
    readonly planned: readonly string[];
    readonly seen: readonly string[];
  }[];
  readonly sums: Sums;
  readonly routes: Readonly<Record<string, Sums>>;
  readonly people: Readonly<Record<string, Sums>>;
  readonly points: Readonly<Record<string, Sums>>;
  readonly days: Readonly<Record<string, Sums>>;
  readonly roundCounts: { readonly over: number; readonly complete: number; readonly underWay: number };
  readonly gapSec: number;
}

/** The script's reckoning. */
async function reckoned(plain: object, from: Time, to: Time): Promise<Judged> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-judge-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const file = join(dir, 'term.json');
  const span = {
    since: stampOf(termBegins - 60 * minute),
    from: stampOf(from),
    to: stampOf(to),
    at: stampOf(lookedAt),
  };
  await writeFile(file, JSON.stringify({ ...plain, ...span }));
  const script = join(import.meta.dirname, 'judge.py');
  const { stdout } = await python('/usr/bin/python3', [script, file], { maxBuffer: 256_000_000 });
  return JSON.parse(stdout) as Judged;
}

const sumsOf = ({ planned, reached, onTime, verdicts }: AuditCounts | Sums): Sums => ({
  ...{ planned, reached, onTime },
  verdicts: Object.fromEntries(Object.entries(verdicts).filter(([, n]) => n > 0)),
});
const sumsBy = (table: Readonly<Record<string, Sums>>) =>
  Object.fromEntries(
    Object.entries(table)
      .filter(([, { planned }]) => planned > 0)
      .map(([id, sums]) => [id, sumsOf(sums)]),
  );
const grouped = (groups: readonly { readonly id: string; readonly counts: AuditCounts }[]) =>
  sumsBy(Object.fromEntries(groups.map(({ id, counts }) => [id, counts])));

/** `night 2026-09-01T22:00 p1 on-time 22:05:07 g01`, each point a line. */
const lineOf = (route: string, start: Time, point: string, verdict: string, at?: Time, person?: string | null) =>
  [
    route,
    stampOf(start).slice(0, 16),
    point,
    verdict,
    at === undefined ? '-' : stampOf(at).slice(5, 23),
    person ?? '-',
  ].join(' ');

test('the verdicts and the report of a term are those that a stranger reckons from the written rules', async () => {
  const { told, plain } = termOf(20_260_901);
  const ask = await asked(await gateway(told));
  const middle = termBegins + (termDays / 2) * dayMs;
  for (const [from, to] of [
    [termBegins, middle],
    [middle, termEnds],
  ] as const) {
    const judged = await reckoned({ ...plainPlan, touches: plain }, from, to);
    const audit = await ask(from, to);
    const ours = audit.rows.map((row) =>
      lineOf(row.route, row.start, row.checkpoint, row.verdict, row.at, row.at === undefined ? null : row.person),
    );
    const theirs = judged.rounds.flatMap(({ route, start, points }) =>
      points
        .filter(({ verdict }) => verdict !== 'pending')
        .map(({ id, verdict, made, person }) =>
          lineOf(
            route,
            Date.parse(start),
            id,
            verdict,
            made === null ? undefined : Date.parse(made),
            made === null ? null : person,
          ),
        ),
    );
    expect(ours.length).toBeGreaterThan(3_000);
    expect(ours.toSorted()).toEqual(theirs.toSorted());
    expect(sumsOf(audit.counts)).toEqual(sumsOf(judged.sums));
    expect(grouped(audit.byRoute)).toEqual(sumsBy(judged.routes));
    expect(grouped(audit.byPerson)).toEqual(sumsBy(judged.people));
    expect(grouped(audit.byPoint)).toEqual(sumsBy(judged.points));
    const days = audit.byDay.map(({ day, counts }) => ({
      id: new Date(day * dayMs).toISOString().slice(0, 10),
      counts,
    }));
    expect(grouped(days)).toEqual(sumsBy(judged.days));
    expect(audit.rounds).toEqual(judged.roundCounts);
    const pairOf = (one: { route: string; planned: readonly string[]; seen?: readonly string[] }, start: Time) =>
      `${one.route} ${stampOf(start)} ${one.planned.join('+')}: ${one.seen?.join(' ')}`;
    expect(audit.pairs?.map((one) => pairOf(one, one.start))).toEqual(
      judged.pairs.map((one) => pairOf(one, Date.parse(one.start))),
    );
    expect(audit.pairs?.some(({ seen = [] }) => seen.length === 2)).toBe(true);
    expect(Math.floor((audit.gap!.to - audit.gap!.from) / 1_000)).toBe(judged.gapSec);
  }
});
