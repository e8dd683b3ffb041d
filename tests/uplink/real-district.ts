/**
 * The real district's service on PostgreSQL within the process, in a folder that stays while the test runs: it can be gone and come back. Schools
 * are there with a key each.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OrderForm } from '../../src/district/board/order-board.ts';
import { makeSchoolKey } from '../../src/district/ingest/school-key.ts';
import { type Settlement, settleSchool } from '../../src/district/ingest/settle.ts';
import { issueOrder } from '../../src/district/orders/issue-order.ts';
import { readDistrictConfig } from '../../src/district/service/district-config.ts';
import { openDistrict, type RunningDistrict } from '../../src/district/service/open-district.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { addSchool } from '../district/some-district.ts';
import { dataFolder, listeningLog } from '../store/place.ts';

const file = (port: number, more: string, tls: string) => `
district: { id: pudong, name: { zh: 试验区, en: Trial } }
server: { host: 127.0.0.1, port: ${port}${tls === '' ? '' : `, tls: ${tls}`} }
database: { folder: db }
data: data
${more}
`;

/** A line as the district keeps it. */
export interface KeptLine {
  readonly seq: number;
  readonly leaf: string;
  readonly line: string | null;
}

/** `more`: lines of its configuration; `tls`: what it says of its certificate. */
export async function realDistrict(part: Partial<World> = {}, more = '', tls = '') {
  const folder = await dataFolder();
  const path = join(folder, 'district.yaml');
  const world = { ...realWorld(listeningLog()), ...part };
  let running: RunningDistrict | undefined;
  const start = async (): Promise<string> => {
    await writeFile(path, file(running === undefined ? 0 : Number(new URL(running.url).port), more, tls));
    const read = await readDistrictConfig(path, {});
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    running = await openDistrict(read.config, { world, version: 'test' });
    return running.url;
  };
  let open = true;
  const db = () => running!.context.db;
  await start();
  const district = {
    get url() {
      return running!.url;
    },
    signer: () => running!.context.signer,
    db,
    /** A school that may speak; its key. */
    async add(school: string): Promise<string> {
      await addSchool(db(), { id: school });
      const { key, id, hash } = makeSchoolKey(school);
      await db().query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
        ...[school, id, hash, 'admin'],
      ]);
      return key;
    },
    lines: (school: string) =>
      db().query<KeptLine>(
        'SELECT seq, leaf, line FROM journal JOIN school USING (school, epoch) WHERE school = $1 ORDER BY seq',
        [school],
      ),
    /** Asks the school as an officer would; the order's id. */
    async order(form: OrderForm): Promise<string> {
      const officer = { name: 'li', shown: '李科长', mayCovert: false };
      const { signer } = running!.context;
      const now = world.now();
      const { id } = await db().transaction((sql) =>
        issueOrder(sql, form, officer, { signer, now, utcOffsetMin: 480 }),
      );
      running!.context.fanout.tell({ kind: 'order', school: form.school });
      return id;
    },
    settle: (school: string, how: Settlement) => settleSchool(db(), { school, how, officer: 'chief' }, world.now()),
    async gone(): Promise<void> {
      open = false;
      await running?.close();
    },
    async back(): Promise<void> {
      await start();
      open = true;
    },
    config: () => readFile(path, 'utf8'),
  };
  onTestFinished(async () => void (open && (await district.gone())));
  return district;
}
