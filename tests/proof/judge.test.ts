/**
 * A stranger is the judge: the libraries with which Go checks its own database of sums read our note and our proofs, and refuse
 * what was changed. None of our code checks here.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consistencyProof, hashesOf, inclusionProof, leafHash } from '../../src/proof/merkle-tree.ts';
import { newSigner, signCheckpoint, verifierKey } from '../../src/proof/signed-note.ts';
import { PATIENCE_MS } from '../patience.ts';

const dir = mkdtempSync(`${tmpdir()}/gatehouse-judge-`);
const program = `${dir}/judge`;
/** Debian keeps the libraries of Go as sources in this folder. */
const go = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: `${dir}/cache`, GOFLAGS: '' };

beforeAll(() => {
  const source = fileURLToPath(new URL('./judge.go', import.meta.url));
  const built = spawnSync('go', ['build', '-o', program, source], { env: go, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`go build: ${built.error?.message ?? built.stderr}`);
}, 3 * PATIENCE_MS);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const lines = Array.from({ length: 1_000 }, (_, at) =>
  JSON.stringify({ seq: at + 1, at: 1_000 * at, kind: 'touched' }),
);
const leaves = lines.map(leafHash);
const hashOf = hashesOf(leaves);
const log = newSigner('gatehouse/school-1');
const base64 = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('base64'));

function asked(index: number, old: number, size = lines.length) {
  return {
    key: verifierKey(log),
    note: signCheckpoint({ origin: log.name, size, root: hashOf(0, size), more: ['chain 00'] }, log),
    line: lines[index]!,
    index,
    inclusion: base64(inclusionProof(index, size, hashOf)),
    consistency: base64(consistencyProof(old, size, hashOf)),
    oldSize: old,
    oldRoot: hashOf(0, old).toString('base64'),
  };
}
const judged = (question: ReturnType<typeof asked>): string =>
  spawnSync(program, { input: JSON.stringify(question), encoding: 'utf8' }).stdout.trim();

test.each([
  [0, 1, 1],
  [122, 300, 1_000],
  [511, 512, 513],
  [999, 999, 1_000],
])('line %i, and %i lines before it grew to %i, are proven to a stranger', (index, old, size) => {
  expect(judged(asked(index, old, size))).toBe('ok');
});

test('the stranger refuses another line, another place, another past, another size and another key', () => {
  const honest = asked(122, 300);
  expect(judged({ ...honest, line: honest.line.replace('122000', '122001') })).toMatch(/^not included/);
  expect(judged({ ...honest, index: 123 })).toMatch(/^not included/);
  expect(judged({ ...honest, oldRoot: hashOf(0, 299).toString('base64') })).toMatch(/^not consistent/);
  expect(judged({ ...honest, note: honest.note.replace('\n1000\n', '\n1001\n') })).toMatch(/^no note/);
  expect(judged({ ...honest, key: verifierKey(newSigner(log.name)) })).toMatch(/^no note/);
});
