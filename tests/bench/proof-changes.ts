/**
 * Single changes to exported records, drawn by a seed: from one byte to a whole journal written anew and signed again. Each is made without
 * the checker's knowledge and with all hashes that a forger can make right; the table says how many of them it found, and how many it named.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../../simulators/fence/random.ts';
import { newSigner } from '../../src/proof/signed-note.ts';
import { figure, table } from './figures.ts';
import { type Files, filesIn, noteOf, type Reckoned, reckonedBundle, wrongIn } from './proof-bundle.ts';

interface Entry {
  readonly seq: number;
  readonly hash: string;
  readonly line: string;
}
interface Change {
  readonly files: Files;
  /** The record that has to be named, where it can be known. */
  readonly names?: number;
  /** A checkpoint that somebody kept. */
  readonly kept?: string;
}
interface Ground {
  readonly files: Files;
  /** The export of other days of the same journal. */
  readonly others: Files;
  readonly honest: Reckoned;
  readonly box: string;
  /** A whole number below `n`. */
  below(n: number): number;
}

const parts = ['entries.jsonl', 'checkpoint.note', 'key.vkey', 'proof.json'];
const entriesOf = (files: Files): Entry[] =>
  String(files.get('entries.jsonl'))
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Entry);
const withEntries = (files: Files, entries: readonly Entry[]): Files =>
  new Map(files).set('entries.jsonl', Buffer.from(entries.map((one) => `${JSON.stringify(one)}\n`).join('')));
const chainBefore = (files: Files): string =>
  (JSON.parse(String(files.get('proof.json'))) as { before: { chain: string } }).before.chain;

/** Every link made right again. */
function linked(entries: readonly Entry[], before: string): Entry[] {
  let chain = before;
  return entries.map((entry) => {
    chain = createHash('sha256').update(chain).update(entry.line).digest('hex');
    return { ...entry, hash: chain };
  });
}
/** Another value in one field of a record. */
function otherField(line: string, below: Ground['below']): string {
  const record = JSON.parse(line) as Record<string, unknown>;
  const fields = Object.keys(record).filter((name) => name !== 'seq');
  const field = fields[below(fields.length)]!;
  const was = record[field];
  return JSON.stringify({ ...record, [field]: typeof was === 'number' ? was + 1 + below(9) : `${was}2` });
}

function otherByte({ files, below }: Ground, name: string): Change {
  const bytes = Buffer.from(files.get(name)!);
  const at = below(bytes.length);
  bytes[at]! ^= 1 + below(255);
  if (name !== 'entries.jsonl') return { files: new Map(files).set(name, bytes) };
  const before = files
    .get(name)!
    .subarray(0, at)
    .filter((byte) => byte === 10).length;
  return { files: new Map(files).set(name, bytes), names: entriesOf(files)[before]!.seq };
}
const onEntries =
  (change: (all: Entry[], i: number, ground: Ground) => readonly Entry[], named = true) =>
  (ground: Ground): Change => {
    const all = entriesOf(ground.files);
    const i = ground.below(all.length - 1);
    return { files: withEntries(ground.files, change(all, i, ground)), ...(named && { names: all[i]!.seq }) };
  };
const changedAt = (all: readonly Entry[], i: number, { below }: Ground) =>
  all.map((one, at) => (at === i ? { ...one, line: otherField(one.line, below) } : one));

/** The whole journal anew, signed again: by whoever holds the school's key, or another. Somebody kept a checkpoint of before. */
const anew =
  (own: boolean) =>
  async ({ honest, box, below }: Ground): Promise<Change> => {
    const size = below(2) === 0 ? honest.size : honest.first + below(honest.last - honest.first + 1);
    const signer = own ? honest.signer : newSigner(honest.signer.name);
    const folder = join(box, `anew-${below(1e9)}`);
    await reckonedBundle(folder, { ...honest, signer, other: 1 + below(size) });
    const files = filesIn(folder);
    rmSync(folder, { recursive: true });
    return { files, kept: noteOf(honest, size) };
  };

/** Lines that a lenient reader would take for the same. */
const writtenOtherwise: readonly ((line: string) => string)[] = [
  (line) => `${line}\r`,
  (line) => line.replace(':', ': '),
  (line) => line.replace('东', '\\u4e1c'),
  (line) => line.replace('{', '{"seq":0,'),
  (line) => `${line.slice(0, -1)},"more":1}`,
  (line) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line) as Entry).reverse())),
];

const kinds: Readonly<Record<string, (ground: Ground) => Change | Promise<Change>>> = {
  'a byte of the records': (ground) => otherByte(ground, 'entries.jsonl'),
  'a byte of the checkpoint': (ground) => otherByte(ground, 'checkpoint.note'),
  'a byte of the key': (ground) => otherByte(ground, 'key.vkey'),
  'a byte of the proof': (ground) => otherByte(ground, 'proof.json'),
  'a byte put in': ({ files, below }) => {
    const name = parts[below(4)]!;
    const bytes = files.get(name)!;
    const at = below(bytes.length + 1);
    return {
      files: new Map(files).set(
        name,
        Buffer.concat([bytes.subarray(0, at), Buffer.of(below(256)), bytes.subarray(at)]),
      ),
    };
  },
  'a file cut short': ({ files, below }) => {
    const name = parts[below(4)]!;
    const bytes = files.get(name)!;
    return { files: new Map(files).set(name, bytes.subarray(0, below(bytes.length))) };
  },
  'a field of a record': onEntries(changedAt),
  'a record written otherwise, with the same meaning': (ground) => {
    const { files, below } = ground;
    const lines = String(files.get('entries.jsonl')).split('\n');
    const i = below(lines.length - 1);
    const text = writtenOtherwise[below(writtenOtherwise.length)]!(lines[i]!);
    const bytes = Buffer.from(lines.with(i, text).join('\n'));
    return { files: new Map(files).set('entries.jsonl', bytes), names: entriesOf(files)[i]!.seq };
  },
  'a record taken out': onEntries((all, i) => all.toSpliced(i, 1)),
  'two records exchanged': onEntries((all, i, { below }) => {
    const j = i + 1 + below(all.length - i - 1);
    return all.with(i, all[j]!).with(j, all[i]!);
  }),
  'a record twice': onEntries((all, i, { below }) => all.toSpliced(i + 1 + below(all.length - i), 0, all[i]!)),
  'a file of another export': ({ files, others, below }) => {
    const name = ['entries.jsonl', 'proof.json'][below(2)]!;
    return { files: new Map(files).set(name, others.get(name)!) };
  },
  'a field, and every hash after it made right': onEntries(
    (all, i, ground) => linked(changedAt(all, i, ground), chainBefore(ground.files)),
    false,
  ),
  'one taken out, all after it renumbered and made right': (ground) => {
    const { files, below } = ground;
    const all = entriesOf(files);
    const rest = all.toSpliced(below(all.length), 1).map((one, at) => {
      const seq = all[at]!.seq;
      return { ...one, seq, line: one.line.replace(/"seq":\d+/, `"seq":${seq}`) };
    });
    const proof = JSON.parse(String(files.get('proof.json'))) as { size: number; to: number };
    const text = `${JSON.stringify({ ...proof, to: proof.to - 1, ...(below(2) && { size: proof.size - 1 }) }, undefined, 2)}\n`;
    const made = withEntries(files, linked(rest, chainBefore(files)));
    return { files: new Map(made).set('proof.json', Buffer.from(text)) };
  },
  'all written anew, signed with the school’s key': anew(true),
  'all written anew, signed with another key': anew(false),
};

export interface Tried {
  readonly kind: string;
  readonly found: boolean;
  /** Whether the record was named that had to be; undefined where none can be. */
  readonly named?: boolean;
  /** What was said. */
  readonly said: string;
}

/** Tries so many changes of a seed, each kind in its turn. Rejects when the unchanged bundle is not found whole. */
export async function tryChanges(seed: number, count: number): Promise<readonly Tried[]> {
  const random = seeded(seed);
  const box = mkdtempSync(join(tmpdir(), 'gatehouse-changes-'));
  try {
    const honest = { size: 400, first: 101, last: 300, signer: newSigner('school') };
    await reckonedBundle(join(box, 'whole'), honest);
    await reckonedBundle(join(box, 'others'), { ...honest, first: 110, last: 309 });
    const below = (n: number) => Math.floor(random() * n);
    const ground = { files: filesIn(join(box, 'whole')), others: filesIn(join(box, 'others')), honest, box, below };
    for (const kept of [undefined, noteOf(honest), noteOf(honest, 222)]) {
      const wrong = await wrongIn(ground.files, kept);
      if (wrong) throw new Error(`the unchanged bundle is said to be wrong: ${wrong.what}`);
    }
    const tried: Tried[] = [];
    for (let n = 0; n < count; n += 1) {
      const [kind, make] = Object.entries(kinds)[n % Object.keys(kinds).length]!;
      const { files, names, kept } = await make(ground);
      const wrong = await wrongIn(files, kept);
      const found = wrong !== undefined && wrong.what !== 'otherSize';
      const named = names === undefined ? undefined : wrong?.values.seq === names;
      tried.push({ kind, found, ...(named !== undefined && { named }), said: wrong?.what ?? 'nothing' });
    }
    return tried;
  } finally {
    rmSync(box, { recursive: true, force: true });
  }
}

/** The table of what was found, a row for each kind. */
export function changesTable(tried: readonly Tried[], seed: number): string {
  const rows = Object.keys(kinds).map((kind) => {
    const of = tried.filter((one) => one.kind === kind);
    const askedName = of.filter(({ named }) => named !== undefined);
    const named = askedName.length > 0 ? figure(askedName.filter((one) => one.named).length) : '–';
    return [kind, figure(of.length), figure(of.filter(({ found }) => found).length), named];
  });
  const sum = ['all', figure(tried.length), figure(tried.filter(({ found }) => found).length), ''];
  return table(`Changes to exported records, seed ${seed}`, ['', 'tried', 'found', 'record named'], [...rows, sum]);
}
