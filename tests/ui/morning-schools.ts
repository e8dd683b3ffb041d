/**
 * The schools of an officer's morning: whole gateways in processes of their own, on simulated devices, joined to a district over HTTP as the schools of
 * the demonstration are, with a drill and its classes besides. Everything ends with the test.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSmallSchool, type SmallSchool } from '../../simulators/small-school.ts';
import type { Database } from '../../src/district/database/database.ts';
import { makeSchoolKey } from '../../src/district/ingest/school-key.ts';
import type { Bureau } from '../district/bureau.ts';
import { type Gateway, startGateway } from '../wire/gateway.ts';

export interface MorningSchool {
  readonly gateway: Gateway;
  readonly place: SmallSchool;
}

const root = join(import.meta.dirname, '../..');
const drill = `
drill:
  every: month
  place: { zh: 操场, en: Sports field }
  seconds: 120
  classes:
    - { id: g1c1, title: { zh: 一（1）班, en: Class 1.1 }, due: 40 }
`;

/** A school of the demonstration's kind that runs and is joined; `seed` makes its devices its own. */
export async function morningSchool(
  bureau: Bureau,
  db: Database,
  { id, zh, en, seed }: { readonly id: string; readonly zh: string; readonly en: string; readonly seed: number },
): Promise<MorningSchool> {
  await db.query(
    `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at)
     VALUES ($1, $2, $3, $2, $4, '江川路', 'school', 0)`,
    [id, zh, en, en.slice(0, 12)],
  );
  const { key, id: name, hash } = makeSchoolKey(id);
  await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
    ...[id, name, hash, 'admin'],
  ]);
  const place = await openSmallSchool({
    seed,
    cameraPassword: 'eyes-of-the-school',
    devicePassword: 'fence-and-reader',
  });
  onTestFinished(() => place.stop());
  const yaml = (await readFile(join(root, 'config/demo-school.yaml'), 'utf8'))
    .replaceAll('SCHOOL_STORE', 'GATEWAY_STORE')
    .replaceAll('SCHOOL_PORT', 'GATEWAY_PORT');
  const env = {
    ...place.env,
    ...{ SCHOOL_ZH: zh, SCHOOL_EN: en, SCHOOL_SHORT: zh, SCHOOL_ID: id, SCHOOL_KEY: key, DISTRICT_URL: bureau.url },
    ...{ ROUND_1: '03:00:00', ROUND_2: '04:00:00' },
  };
  const users = { duty: 'operator', boss: 'head' } as const;
  return { place, gateway: await startGateway({ yaml: yaml + drill, env, users }) };
}
