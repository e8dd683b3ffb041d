/**
 * Checks an exported part of a school's journal, anywhere, with Node 18 or newer and nothing else:
 * `node verify.mjs [--checkpoint OTHER.note] [FOLDER]`. Ends with 0 when all is as it was signed, with 1 when not.
 * It must use nothing of the gateway: whoever doubts the gateway runs this. (The gateway puts the sentences in when it exports.)
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** @type {Record<string, { zh: string, en: string }>} */
const SAID = {};

class Wrong extends Error {}
const wrong = (what, values = {}) => {
  throw new Wrong(JSON.stringify({ what, values }));
};
const said = (what, values) => {
  const fill = (text) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const words = SAID[what] ?? { zh: what, en: what };
  return `${fill(words.zh)}\n${fill(words.en)}`;
};
const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The log's name, the four bytes of its key's id and the key itself. */
function keyOf(text) {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  const bytes = Buffer.from(match?.[3] ?? '', 'base64');
  if (!match || bytes.length !== 33 || bytes[0] !== 1) wrong('badKey');
  const id = sha256(`${match[1]}\n`, bytes).subarray(0, 4);
  if (id.toString('hex') !== match[2]) wrong('badKey');
  return { name: match[1], id, key: bytes.subarray(1) };
}

/** What a note says, once its signature holds. */
function opened(note, { name, id, key }) {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const signed = note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      const match = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
      const bytes = Buffer.from(match?.[2] ?? '', 'base64');
      const ours = match?.[1] === name && bytes.length === 68 && bytes.subarray(0, 4).equals(id);
      return ours && verify(null, Buffer.from(text), publicKey, bytes.subarray(4));
    });
  const [origin, size, root, ...more] = text.slice(0, -1).split('\n');
  if (end < 0 || !signed || origin !== name) wrong('badNote');
  const chain = more.find((line) => line.startsWith('chain '))?.slice(6);
  return { size: Number(size), root, chain };
}

/** Complete trees side by side, joined where two are halves of one. */
class Trees {
  to = 0;
  trees = [];
  push(level, hash) {
    let tree = { from: this.to, level, hash };
    this.to += 2 ** level;
    for (let last = this.trees.at(-1); last?.level === tree.level; last = this.trees.at(-1)) {
      if (last.from % 2 ** (tree.level + 1) !== 0) break;
      this.trees.pop();
      tree = { from: last.from, level: tree.level + 1, hash: sha256(Buffer.of(1), last.hash, tree.hash) };
    }
    this.trees.push(tree);
  }
  add(trees) {
    for (const { level, hash } of trees) this.push(level, Buffer.from(hash, 'hex'));
  }
  root() {
    const hashes = this.trees.map(({ hash }) => hash);
    return hashes.reduceRight((right, left) => sha256(Buffer.of(1), left, right)).toString('base64');
  }
}

/** One record, read from its line of the file. */
function recordOf(text, expected) {
  try {
    const { seq, hash, line } = JSON.parse(text);
    if (typeof line === 'string' && typeof hash === 'string') return { seq, hash, line, own: JSON.parse(line).seq };
  } catch {
    // Said below, by its number.
  }
  return wrong('altered', { seq: expected });
}

async function check(folder, other) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const key = keyOf(read('key.vkey'));
  const head = opened(read('checkpoint.note'), key);
  const { from, to, before, after } = JSON.parse(read('proof.json'));
  const range = new Trees();
  range.add(before.trees);
  if (range.to !== from - 1) wrong('badProof');
  let chain = before.chain;
  let seq = from - 1;
  const lines = createInterface({ input: createReadStream(join(folder, 'entries.jsonl')), crlfDelay: Infinity });
  for await (const text of lines) {
    seq += 1;
    if (seq > to) wrong('surplus', { seq });
    const record = recordOf(text, seq);
    if (record.seq !== seq) wrong('gone', { seq });
    chain = sha256(chain + record.line).toString('hex');
    if (chain !== record.hash || record.own !== seq) wrong('altered', { seq });
    range.push(0, sha256(Buffer.of(0), record.line));
  }
  if (seq < to) wrong('gone', { seq: seq + 1 });
  range.add(after);
  const whole = range.to === head.size && range.root() === head.root;
  if (!whole || (seq === head.size && head.chain !== undefined && head.chain !== chain))
    wrong('rewritten', { from, to });
  if (other !== undefined) {
    const kept = opened(readFileSync(other, 'utf8'), key);
    if (kept.size === head.size && kept.root !== head.root) wrong('otherRoot');
    if (kept.size !== head.size) console.log(said('otherSize', { size: kept.size, here: head.size }));
  }
  const id = key.id.toString('hex');
  return said('whole', { from, to, count: to - from + 1, size: head.size, name: key.name, id });
}

const [first, second, third] = process.argv.slice(2);
const [other, folder] = first === '--checkpoint' ? [second, third] : [undefined, first];
try {
  console.log(await check(folder ?? dirname(fileURLToPath(import.meta.url)), other));
} catch (error) {
  const { what, values } =
    error instanceof Wrong ? JSON.parse(error.message) : { what: 'unreadable', values: { why: error.message } };
  console.log(said(what, values));
  process.exitCode = 1;
}
