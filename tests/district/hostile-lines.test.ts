/**
 * Lines that no gateway would write: every field of real facts with every kind of value in its place, numbers beyond numbers, depths without
 * end. A school that sends them stops neither itself nor the district; what can be read of it is read.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fact } from '../../src/core/types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { takeSite } from '../../src/district/ingest/take-site.ts';
import { embedded } from './embedded-store.ts';
import { leafOf, MadeSchool } from './made-school.ts';
import { addSchool, leavesOf, testNode } from './some-district.ts';

/** Facts that reach each of the read models. */
const facts: readonly Fact[] = [
  {
    kind: 'raised',
    key: 'z1/intrusion',
    alarm: 'intrusion',
    priority: 1,
    device: 'd',
    cause: 'c',
    zone: 'z1',
    active: true,
  },
  { kind: 'acknowledged', alarm: 2, by: 'li' },
  { kind: 'dispatched', alarm: 2, by: 'li', to: 'wang' },
  { kind: 'escalated', alarm: 2, level: 1, roles: ['operator'], channels: ['sms'], why: 'unacknowledged' },
  { kind: 'noted', alarm: 2, by: 'li', text: 'x' },
  { kind: 'closed', alarm: 2, by: 'li', reason: 'A1', note: 'x' },
  { kind: 'opened', round: 'r/1', route: 'r', start: 1 },
  { kind: 'checked', round: 'r/1', checkpoint: 'p', verdict: 'on-time' },
  { kind: 'completed', round: 'r/1', counts: { 'on-time': 1, early: 0, late: 0, missed: 0, 'wrong-order': 0 } },
  { kind: 'camera-seen', camera: 'c1', seen: true, why: 'fresh' },
  { kind: 'cameras-watched', seen: ['c1'], unseen: {} },
  { kind: 'zone-armed', zone: 'z1', mode: 'armed', by: 'li' },
  { kind: 'linked', device: 'c1', up: true, why: { zh: 'a', en: 'a' } },
  { kind: 'clock-stepped', from: 1, to: 2 },
  { kind: 'started', version: '1', config: 'c', utcOffsetMin: 480 },
  { kind: 'started', version: '1', config: 'c', utcOffsetMin: -300 },
  { kind: 'rectification-withdrawn', rectification: 3, reason: 'x', by: 'li' },
  { kind: 'drill-ended', drill: 3, how: 'ended' },
];

const odd = fc.oneof(
  fc.constantFrom(null, true, -1, 1.5, 1e308, -1e308, 2 ** 53, '', 'a\u0000b', '\ud800', '__proto__', [], {}, [[]]),
  fc.constantFrom('9'.repeat(5_000), { __proto__: null, toString: 1 }, { zh: 1 }, Number.MAX_SAFE_INTEGER),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A real fact with one of its fields, or one that is not its own, changed into anything. */
const spoilt = fc
  .record({
    fact: fc.constantFrom(...facts),
    field: fc.nat(12),
    value: odd,
    extra: fc.constantFrom('by', 'why', 'round', 'zone'),
  })
  .map(({ fact, field, value, extra }) => {
    const names = Object.keys(fact);
    const name = names[field] ?? extra;
    return { ...fact, [name === 'kind' ? extra : name]: value } as Fact;
  });

/** An alarm whose step of escalation cannot be compared with a number. */
const unlikeNumber: readonly Fact[] = [
  facts[0] as Fact,
  { ...(facts[3] as Fact), level: { __proto__: null, toString: 1 } } as unknown as Fact,
  facts[0] as Fact,
];

describe('lines that no gateway would write', () => {
  let db: Database;
  let count = 0;
  beforeAll(async () => {
    ({ db } = await embedded.open());
  });
  afterAll(async () => await db.close());

  const whole = async (school: MadeSchool) => {
    const node = testNode(db);
    expect((await node.take(school.batch())).have).toBe(school.lines.length);
    expect(await leavesOf(db, school.id)).toEqual(school.lines.map((line) => leafOf(line).toString('hex')));
    // Another node, which has nothing in mind, makes the same of it and goes on.
    const id = school.raise(`z9/intrusion`);
    const other = testNode(db, node.signer);
    expect((await other.take(school.batch(school.lines.length, 1))).have).toBe(school.lines.length);
    return id;
  };

  test('stop neither the school nor the district', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(spoilt, { minLength: 1, maxLength: 40 }), async (lines) => {
        const school = new MadeSchool(`odd-${++count}`).begin();
        await addSchool(db, school);
        for (const line of lines) school.say(line);
        await whole(school);
      }),
      { numRuns: 150, examples: [[[...unlikeNumber]]] },
    );
  });

  test('may be as deep as they like', async () => {
    const school = new MadeSchool('deep').begin();
    await addSchool(db, school);
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const id = school.raise('z1/intrusion');
    for (const field of ['by', 'text']) {
      const seq = school.lines.length + 1;
      school.lines.push(
        `{"kind":"noted","alarm":${id},"by":"li","text":"x","${field}":${deep},"seq":${seq},"at":${school.at}}`,
      );
    }
    await whole(school);
    const rows = await db.query("SELECT id FROM alarm WHERE school = 'deep' ORDER BY id");
    expect(rows.map((row) => (row as { id: number }).id)).toContain(id);
  });

  test('a site that is none leaves the alarms and their places in words', async () => {
    const school = new MadeSchool('siteless').begin();
    await addSchool(db, school);
    const node = testNode(db);
    school.raise('z1/intrusion');
    await node.take(school.batch());
    const sites = [
      [],
      { zones: 7 },
      { zones: { z1: null } },
      { routes: { a: 1 }, canteen: { areas: { k: 1 } } },
      { devices: { d: [] } },
    ];
    for (const site of sites) await takeSite(node, school.id, JSON.stringify(site), site);
    school.raise('z2/intrusion');
    await node.take(school.batch(3));
    const rows = await db.query('SELECT place_zh FROM alarm WHERE school = $1', [school.id]);
    expect(rows).toHaveLength(2);
  });
});
