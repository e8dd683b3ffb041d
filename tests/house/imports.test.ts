/**
 * Holds every file against the import table, and the rooms against circles.
 */
import { describe, expect, test } from 'vitest';
import { arrows, circles, offences } from './import-table.ts';
import { CODE, sources } from './sources.ts';

/** Beside each other in one folder; more than this nobody sees at a glance. */
const FILES_MAX = 25;

describe('the import table', () => {
  const files = sources(['src', 'devices', 'simulators'], CODE);

  test('every file imports only what its room may know', () => {
    expect(files.length).toBeGreaterThan(5);
    expect(files.flatMap(offences)).toEqual([]);
  });

  test('the rooms stand on each other without a circle', () => {
    expect(arrows(files).get('src/core/alarm')).toContain('src/core/site');
    expect(circles(arrows(files))).toEqual([]);
  });

  test('a planted circle of rooms is named', () => {
    const planted = [
      { path: 'src/core/site/a.ts', text: "import { b } from '../alarm/b.ts';" },
      { path: 'src/core/alarm/b.ts', text: "import { a } from '../site/a.ts';" },
      { path: 'src/core/view/c.ts', text: "import { a } from '../site/a.ts';" },
    ];
    expect(circles(arrows(planted))).toEqual(['src/core/site stands on itself', 'src/core/alarm stands on itself']);
  });

  test('a circle of types alone is none between rooms', () => {
    const planted = [
      { path: 'src/core/site/a.ts', text: "import type { B } from '../alarm/b.ts';" },
      { path: 'src/core/alarm/b.ts', text: "import { type A, a } from '../site/a.ts';" },
    ];
    expect(circles(arrows(planted))).toEqual([]);
  });

  test('no folder of the program holds more files than one sees at a glance', () => {
    const counts = new Map<string, number>();
    for (const { path } of sources(['src'], [''])) {
      const folder = path.replace(/\/[^/]*$/, '');
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect(counts.size).toBeGreaterThan(20);
    expect([...counts].filter(([, count]) => count > FILES_MAX)).toEqual([]);
  });

  test.each([
    ['src/core/step.ts', "import { readFile } from 'node:fs';", 'node:fs'],
    ['src/core/step.ts', "import { z } from 'zod';", 'zod'],
    ['src/core/step.ts', "export {\n  type A,\n  b,\n} from '../world/world.ts';", 'src/world/world.ts'],
    ['src/core/site/watched.ts', "import { raise } from '../alarm/alarms.ts';", 'src/core/alarm/alarms.ts'],
    ['src/core/fence/signal.ts', "import { own } from '../site/lookup.ts';", 'src/core/site/lookup.ts'],
    ['src/drivers/modbus/modbus.ts', "import { open } from '../mqtt/mqtt.ts';", 'src/drivers/mqtt/mqtt.ts'],
    ['src/drivers/onvif/onvif.ts', "import type { State } from '../../core/state.ts';", 'src/core/state.ts'],
    [
      'src/store/journal/journal.ts',
      "const feed = await import('../../server/feed/feed.ts');",
      'src/server/feed/feed.ts',
    ],
    ['src/store/journal/journal.ts', "import { series } from '../series/series.ts';", 'src/store/series/series.ts'],
    ['src/app/gateway.ts', "import { run } from '../drivers/line.ts';", 'src/drivers/line.ts'],
    [
      'src/server/http/problem.ts',
      "import { door } from '../auth/authorization.ts';",
      'src/server/auth/authorization.ts',
    ],
    ['src/ui/wall/wall-page.tsx', "import ws from 'ws';", 'ws'],
    ['src/ui/wall/wall-page.tsx', "import { Desk } from '../console/desk.ts';", 'src/ui/console/desk.ts'],
    ['src/words/trade-words.ts', "import { own } from '../core/site/lookup.ts';", 'src/core/site/lookup.ts'],
    [
      'simulators/fence/fence.ts',
      "import { plan } from '../../src/drivers/modbus/modbus-plan.ts';",
      'src/drivers/modbus/modbus-plan.ts',
    ],
    ['devices/fence.ts', "import '../src/world/world.ts';", 'src/world/world.ts'],
  ])('a planted import in %s is named: %s', (path, text, target) => {
    expect(offences({ path, text })).toEqual([`${path} must not import ${target}`]);
  });

  test('a file in a place nobody thought of is named', () => {
    expect(offences({ path: 'src/extra/thing.ts', text: '' })).toEqual([
      'src/extra/thing.ts stands in no row of the import table',
    ]);
  });

  test('what the table allows passes', () => {
    expect(offences({ path: 'src/app/housekeeping.ts', text: "import type { Gateway } from './gateway.ts';" })).toEqual(
      [],
    );
    expect(
      offences({ path: 'src/drivers/mqtt/mqtt-broker.ts', text: "import { decode } from './mqtt-decode.ts';" }),
    ).toEqual([]);
  });
});
