/** An InfluxDB that asks who one is, what its points say of alarms and schools, and what it knows of a journal that was cut. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event, JournalGap } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { until } from '../patience.ts';
import { type Influxd, startInfluxd } from '../peers/influxd.ts';
import { dataFolder, listeningLog, readings } from './place.ts';
import { caughtUp, linked, sample, shipper } from './shipper.ts';

let influxd: Influxd;
beforeAll(async () => {
  influxd = await startInfluxd(true);
  await influxd.ask(`CREATE USER root WITH PASSWORD 'root-of-the-tests' WITH ALL PRIVILEGES`);
  await influxd.ask(`CREATE USER gate WITH PASSWORD 'right'`);
});
afterAll(() => influxd.stop());

const as = (password: string) => ({ user: 'gate', password });

test('a wrong password, missing rights and missing policies are three sentences, each with its remedy, and what an administrator runs by them suffices', async () => {
  const h = await shipper();
  await h.journal.append([linked(1, Date.now())]);
  const said = async (password: string, why: RegExp) => {
    const shipping = h.ship(influxd.url, 5000, as(password));
    await until(`it says ${why}`, () => why.test(shipping.status().why?.en ?? ''));
    await shipping.stop();
    return shipping.status().why?.en ?? '';
  };
  await influxd.ask(`CREATE DATABASE ${h.database}`);
  await said('wrong', /refuses the log-in of gate: check user and password/);
  const rights = await said('right', /lacks rights on database/);
  await influxd.ask(/run (GRANT .*?)\. The data/.exec(rights)?.[1] ?? '');
  const policies = await said('right', /lacks retention policies which this user may not make/);
  const statements = /run (.*?)\. The data/.exec(policies)?.[1]?.split('; ') ?? [];
  expect(statements).toHaveLength(2);
  for (const one of statements) await influxd.ask(one);
  await caughtUp(h.ship(influxd.url, 5000, as('right')));
});

test('every point bears the school, and an alarm is a tag by its kind and a field by its number', async () => {
  const h = await shipper();
  const at = Date.now() - 60_000;
  await influxd.ask(`CREATE DATABASE ${h.database}`);
  await influxd.ask(`GRANT ALL ON ${h.database} TO gate`);
  for (const [name, days] of [
    ['raw', '90d'],
    ['minute', '730d'],
  ])
    await influxd.ask(`CREATE RETENTION POLICY ${name} ON ${h.database} DURATION ${days} REPLICATION 1`);
  const events: Event[] = [
    {
      seq: 1,
      at,
      kind: 'raised',
      key: 'z1/climb',
      alarm: 'climb',
      priority: 1,
      device: 'f',
      cause: 'f/a',
      active: true,
    },
    { seq: 2, at, kind: 'acknowledged', alarm: 1, by: 'li' },
  ];
  await h.journal.append(events);
  h.series.write([sample(at, 120)]);
  await h.series.flush();
  await caughtUp(h.ship(influxd.url, 5000, as('right')));
  const rows = await influxd.ask('SELECT seq, kind, alarm, alarmId, school FROM raw.events', h.database);
  expect(rows.map(({ time: _, ...row }) => row)).toEqual([
    { seq: 1, kind: 'raised', alarm: 'climb', alarmId: 1, school: 'east' },
    { seq: 2, kind: 'acknowledged', alarm: null, alarmId: 1, school: 'east' },
  ]);
  expect(await influxd.ask('SELECT tension, school FROM raw.gauges', h.database)).toMatchObject([{ school: 'east' }]);
});

test('a journal taken back to an older state, with everything beside it, is found by what InfluxDB knows', async () => {
  const h = await shipper();
  await influxd.ask(`CREATE DATABASE ${h.database} WITH DURATION 90d NAME raw`);
  await influxd.ask(`CREATE RETENTION POLICY minute ON ${h.database} DURATION 730d REPLICATION 1`);
  await influxd.ask(`GRANT ALL ON ${h.database} TO gate`);
  const now = Date.now();
  const events = readings(1, 20).map((event, i) => ({ ...event, at: now - 60_000 + i }));
  await h.journal.append(events);
  await h.series.flush();
  const first = h.ship(influxd.url, 5000, as('right'));
  await caughtUp(first);
  await first.stop();

  const gaps: JournalGap[] = [];
  const again = h.ship(influxd.url, 5000, { ...as('right'), lacks: (gap: JournalGap) => gaps.push(gap) });
  await caughtUp(again);
  expect(gaps).toEqual([]);
  await again.stop();

  const older = await dataFolder();
  const journal = await openJournal({ dir: older, log: listeningLog() });
  await journal.append(events.slice(0, 12));
  await journal.close();
  await (await openSeries({ dir: older, log: listeningLog() })).close();
  const restored = h.ship(influxd.url, 5000, {
    ...as('right'),
    dir: older,
    lacks: (gap: JournalGap) => gaps.push(gap),
  });
  await until('it is told', () => gaps.length > 0);
  expect(gaps).toEqual([{ place: 'influx', known: 20, head: 12, how: 'behind' }]);
  await restored.stop();
});
