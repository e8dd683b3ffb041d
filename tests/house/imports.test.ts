/**
 * Holds the import table: which layer may know of which. Layers that cannot see each other cannot grow together.
 * It reads the text of every file; a file no row speaks of is an error, so a new place must be thought about.
 */
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CODE, type Source, sources } from './sources.ts';

interface Row {
  /** Which files the row speaks of; the first row that fits counts. */
  readonly files: RegExp;
  /** What they may import of ours. `$1` stands for the first group of `files`. */
  readonly ours: readonly string[];
  /** Of these only types. */
  readonly types?: readonly string[];
  /** Packages and Node's own modules: all, none, or the ones named. */
  readonly others: 'all' | readonly string[];
}

const VOCABULARY = [
  'src/core/types.ts',
  'src/profile/profile.ts',
  'src/world/world.ts',
  'src/drivers/line.ts',
  'src/drivers/connection-options.ts',
];

const TABLE: readonly Row[] = [
  { files: /^src\/core\//, ours: ['src/core/'], others: [] },
  { files: /^src\/profile\.ts$/, ours: ['src/core/types.ts'], others: [] },
  { files: /^src\/profile-camera\.ts$/, ours: ['src/core/types.ts', 'src/profile/profile.ts'], others: [] },
  { files: /^devices\//, ours: ['src/profile/profile.ts', 'src/profile/profile-camera.ts'], others: [] },
  { files: /^src\/wires\.ts$/, ours: [], others: [] },
  { files: /^src\/world\.ts$/, ours: ['src/core/types.ts'], others: 'all' },
  { files: /^src\/line\.ts$/, ours: ['src/core/types.ts', 'src/profile/profile.ts', 'src/world/world.ts'], others: [] },
  {
    files: /^src\/drivers\/supervise[^/]*$/,
    ours: ['src/core/', ...VOCABULARY, 'src/drivers/supervise'],
    others: 'all',
  },
  { files: /^src\/drivers\/([a-z]+)[^/]*$/, ours: [...VOCABULARY, 'src/drivers/$1'], others: 'all' },
  { files: /^src\/(store|perform|server)\//, ours: ['src/core/', 'src/world/world.ts', 'src/$1/'], others: 'all' },
  { files: /^src\/(ledger|gauges)\.ts$/, ours: ['src/core/'], others: [] },
  { files: /^src\/clock\.ts$/, ours: ['src/core/types.ts'], types: ['src/world/world.ts'], others: [] },
  { files: /^src\/(log|troubles)\.ts$/, ours: ['src/core/types.ts', 'src/world/world.ts'], others: 'all' },
  {
    files: /^src\/upkeep\.ts$/,
    ours: ['src/core/types.ts', 'src/world/world.ts'],
    types: ['src/app/gateway.ts'],
    others: 'all',
  },
  {
    files: /^src\/gateway[^/]*\.ts$/,
    ours: [
      'src/core/',
      'src/world/world.ts',
      'src/store/store-types.ts',
      'src/app/ledger.ts',
      'src/app/gauges.ts',
      'src/world/gateway-clock.ts',
      'src/gateway',
    ],
    others: 'all',
  },
  {
    files: /^src\/site\//,
    // The detector's usual limits and their bounds are the core's; the configuration says only what differs.
    ours: [
      'src/core/types.ts',
      'src/core/fence/signal-types.ts',
      'src/core/arming/tuning.ts',
      'src/core/site/targets.ts',
      'src/profile/profile.ts',
      'src/site/',
    ],
    types: ['src/drivers/line.ts', 'src/drivers/connection-options.ts'],
    others: 'all',
  },
  { files: /^src\/ui\/vite\.config\.ts$/, ours: [], others: 'all' },
  { files: /^src\/ui\//, ours: ['src/core/', 'src/ui/'], others: ['preact', '@preact/signals'] },
  {
    files: /^simulators\//,
    ours: ['src/profile/profile.ts', 'src/core/types.ts', 'devices/', 'simulators/'],
    others: 'all',
  },
  // The wiring: the only places that know every part.
  { files: /^src\/(house|lines)[^/]*\.ts$/, ours: ['src/'], others: 'all' },
  // The real gateway, supervisor and performer between a simulated school and simulated stores, judged from outside: it
  // knows the parts that the wiring knows, but no driver that opens a wire, no store that opens a file and no server.
  {
    files: /^src\/simulation\//,
    ours: [
      'src/core/',
      'src/world/world.ts',
      'src/drivers/line.ts',
      'src/app/gateway.ts',
      'src/app/ledger.ts',
      'src/app/troubles.ts',
      'src/drivers/supervise.ts',
      'src/perform/perform.ts',
      'src/store/store-types.ts',
      'src/store/journal/chain.ts',
      'src/store/influx/influx-follow.ts',
      'src/ui/words/',
      'src/simulation/',
      'simulators/virtual/',
    ],
    types: ['src/site/load-site.ts', 'src/store/influx-'],
    others: ['node:crypto'],
  },
  { files: /^src\/commands\//, ours: ['src/', 'simulators/'], others: 'all' },
  { files: /^src\/(main[^/]*\.ts|setup\.mjs|start\.mjs)$/, ours: ['src/', 'devices/', 'simulators/'], others: 'all' },
];

const IMPORT = /^\s*(import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]/gm;
const BARE = /\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

/** What a file imports: our files as paths from the root, everything else by its name. */
function imports({ path, text }: Source): { target: string; ours: boolean; type: boolean }[] {
  const found = [
    ...[...text.matchAll(IMPORT)].map((hit) => ({ name: hit[3]!, type: hit[2] !== undefined })),
    ...[...text.matchAll(BARE)].map((hit) => ({ name: hit[1]!, type: false })),
  ];
  return found.map(({ name, type }) =>
    name.startsWith('.')
      ? { target: posix.join(posix.dirname(path), name), ours: true, type }
      : { target: name, ours: false, type },
  );
}

const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/** Each import the table does not allow, as a sentence. */
function offences(file: Source): string[] {
  const row = TABLE.find(({ files }) => files.test(file.path));
  if (!row) return [`${file.path} stands in no row of the import table`];
  const group = row.files.exec(file.path)?.[1] ?? '';
  const fits = (target: string) => (start: string) => target.startsWith(start.replace('$1', group));
  return imports(file)
    .filter(({ target, ours, type }) => {
      if (ours) return !(row.ours.some(fits(target)) || (type && row.types?.some(fits(target))));
      return row.others !== 'all' && !row.others.includes(packageOf(target));
    })
    .map(({ target }) => `${file.path} must not import ${target}`);
}

describe('the import table', () => {
  const files = sources(['src', 'devices', 'simulators'], CODE);

  test('every file imports only what its layer may know', () => {
    expect(files.length).toBeGreaterThan(5);
    expect(files.flatMap(offences)).toEqual([]);
  });

  test.each([
    ['src/core/step.ts', "import { readFile } from 'node:fs';", 'node:fs'],
    ['src/core/step.ts', "import { z } from 'zod';", 'zod'],
    ['src/core/step.ts', "export {\n  type A,\n  b,\n} from '../world.ts';", 'src/world/world.ts'],
    ['src/drivers/modbus/modbus.ts', "import { open } from './mqtt.ts';", 'src/drivers/mqtt.ts'],
    ['src/drivers/onvif/onvif-events.ts', "import type { State } from '../core/state.ts';", 'src/core/state.ts'],
    ['src/store/journal/journal.ts', "const feed = await import('../server/feed.ts');", 'src/server/feed/feed.ts'],
    ['src/app/gateway.ts', "import { run } from './line.ts';", 'src/drivers/line.ts'],
    ['src/ui/wall/wall-page.tsx', "import ws from 'ws';", 'ws'],
    [
      'simulators/fence.ts',
      "import { plan } from '../src/drivers/modbus-plan.ts';",
      'src/drivers/modbus/modbus-plan.ts',
    ],
    ['devices/fence.ts', "import '../src/world.ts';", 'src/world/world.ts'],
  ])('a planted import in %s is named: %s', (path, text, target) => {
    expect(offences({ path, text })).toEqual([`${path} must not import ${target}`]);
  });

  test('a file in a place nobody thought of is named', () => {
    expect(offences({ path: 'src/extra/thing.ts', text: '' })).toEqual([
      'src/extra/thing.ts stands in no row of the import table',
    ]);
  });

  test('what the table allows passes', () => {
    expect(offences({ path: 'src/app/maintenance.ts', text: "import type { Gateway } from './gateway.ts';" })).toEqual(
      [],
    );
    expect(
      offences({ path: 'src/drivers/mqtt/mqtt-broker.ts', text: "import { decode } from './mqtt-decode.ts';" }),
    ).toEqual([]);
  });
});
