/**
 * A district to be measured: a throw-away PostgreSQL with its fsync on, or the one within the process; schools and one screen put into it; and nodes,
 * each the very command that a bureau runs. It must never be given a database that is there already.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { addOfficer, setPassword } from '../../../src/district/access/officers.ts';
import type { Database } from '../../../src/district/database/database.ts';
import { openDatabase } from '../../../src/district/database/open-database.ts';
import { makeSchoolKey } from '../../../src/district/ingest/school-key.ts';
import { newSigner, verifierKey } from '../../../src/proof/signed-note.ts';
import { hashOf } from '../../../src/server/auth/hash.ts';
import { usage } from '../peer.ts';

export const SCREEN_PASSWORD = 'bench screen 1';
const READY_MS = 300_000;
const command = fileURLToPath(new URL('../../../src/commands/start.mjs', import.meta.url));

const nodes = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of nodes) child.kill('SIGKILL');
});

export interface BenchSchool {
  readonly id: string;
  readonly key: string;
  readonly log: string;
}

/** Puts schools in, and a screen that may look. */
export async function furnish(db: Database, from: number, count: number): Promise<BenchSchool[]> {
  const made: BenchSchool[] = [];
  const now = Date.now();
  await db.transaction(async (sql) => {
    for (let n = from; n < from + count; n++) {
      const id = `bench-${n}`;
      const { key, id: keyId, hash } = makeSchoolKey(id);
      made.push({ id, key, log: verifierKey(newSigner(id)) });
      await sql.query(
        `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at)
         VALUES ($1, $1, $1, $1, $1, $2, 'school', $3)`,
        [id, `street-${n % 12}`, now],
      );
      await sql.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, $4, $5)', [
        ...[id, keyId, hash, now, 'bench'],
      ]);
    }
    if (from > 0) return;
    await addOfficer(sql, { name: 'screen', role: 'screen', shown: 'screen', streets: [], oidc: null }, null, now);
    await setPassword(sql, 'screen', await hashOf(SCREEN_PASSWORD), false);
  });
  return made;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => void probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

export interface BenchNode {
  readonly url: string;
  readonly pid: () => number;
  start(): Promise<void>;
  kill(): Promise<void>;
}

/** `database`: as the configuration has it. All nodes of one folder are one district. */
export async function benchNode(dir: string, database: object): Promise<BenchNode> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `node-${port}.yaml`);
  const config = {
    district: { id: 'bench-district', name: { zh: 'bench', en: 'bench' } },
    ...{ server: { host: '127.0.0.1', port }, database, data: join(dir, 'key') },
  };
  // JSON is YAML as well.
  writeFileSync(file, JSON.stringify(config));
  let child: ChildProcess | undefined;
  let said = '';
  const start = async () => {
    const own = spawn(process.execPath, [command, 'district', '--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    child = own;
    nodes.add(own);
    own.once('exit', () => nodes.delete(own));
    for (const stream of [own.stdout, own.stderr])
      stream.on('data', (part) => {
        said = (said + String(part)).slice(-2_000);
      });
    for (const by = Date.now() + READY_MS; Date.now() < by; await delay(50)) {
      if (own.exitCode !== null) throw new Error(`the node ended: ${said}`);
      const there = await fetch(`${url}/healthz`).catch(() => undefined);
      if (there?.ok === true) return;
    }
    throw new Error(`the node was not there in time: ${said}`);
  };
  const kill = async () => {
    const own = child;
    if (!own || own.exitCode !== null || own.signalCode !== null) return;
    const gone = new Promise((resolve) => own.once('exit', resolve));
    own.kill('SIGKILL');
    await gone;
  };
  await start();
  return { url, pid: () => child?.pid ?? 0, start, kill };
}

/** Processor time of a PostgreSQL, ms: its postmaster, the children that ended, and those that are there. */
export function postgresCpu(postmaster: number): number {
  const stat = (pid: number | string) => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  };
  const ended = stat(postmaster);
  let ms = usage(postmaster).cpuMs + (Number(ended[13]) + Number(ended[14])) * 10;
  for (const pid of childrenOf(postmaster)) ms += usage(pid).cpuMs;
  return ms;
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === parent ? [Number(pid)] : [];
      } catch {
        return [];
      }
    });
}

/** A database of the district's with its schools. */
export async function furnished(url: string, count: number): Promise<BenchSchool[]> {
  const db = await openDatabase({ url, connections: 2 });
  try {
    return await furnish(db, 0, count);
  } finally {
    await db.close();
  }
}
