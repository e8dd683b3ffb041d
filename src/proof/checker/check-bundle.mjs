/**
 * The check of exported records, the same wherever it runs: `verify.mjs` and `verify.html` are this text with what their platform gives.
 * It must use nothing of the gateway and nothing of a platform but text decoding: whoever doubts the gateway runs and reads this.
 *
 * A bundle is `{ text(name), chunks(name) }`, both rejecting with `Wrong` where there is no such file; tools are
 * `{ sha256(...parts), verify(key, message, signature) }`.
 */
import { Cuts, cutFacts, cutFields } from './check-cuts.mjs';
import { rootFrom, Trees } from './check-tree.mjs';

/** Characters in one line, and in a file that is read whole: beyond, it is none of ours. */
const lineMax = 16_000_000;
const idBytes = 4;

/** What is wrong: the key of a sentence, and what fills its holes. */
export class Wrong extends Error {
  constructor(what, values = {}) {
    super(what);
    this.what = what;
    this.values = values;
  }
}
const wrong = (what, values) => {
  throw new Wrong(what, values);
};

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => Number.parseInt(pair, 16));
const isHash = (text) => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
const isNumber = (value) => Number.isSafeInteger(value) && value >= 0;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of base64; undefined where it is not written in the one way it is written: each letter has to count. */
function fromBase64(text) {
  const body = text.replace(/={1,2}$/, '');
  const bytes = [];
  let [held, bits] = [0, 0];
  for (const letter of body) {
    held = held * 64 + alphabet.indexOf(letter);
    bits += 6;
    if (!alphabet.includes(letter)) return undefined;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(Math.floor(held / 2 ** bits));
    held %= 2 ** bits;
  }
  return text.length % 4 === 0 && held === 0 && bits < 6 ? Uint8Array.from(bytes) : undefined;
}
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** The log's name, its key, and the number of the key. */
export function keyOf(text, { sha256 }) {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n$/.exec(text);
  const bytes = match && fromBase64(match[3]);
  if (bytes?.length !== 33 || bytes[0] !== 1) return wrong('badKey');
  const id = sha256(`${match[1]}\n`, bytes).subarray(0, idBytes);
  if (hexOf(id) !== match[2]) wrong('badKey');
  return { name: match[1], id, number: match[2], key: bytes.subarray(1) };
}

/** What a note says; undefined unless this key signed it. Whoever else signed is not asked. */
export async function opened(note, { name, id, key }, { verify }) {
  const end = note.lastIndexOf('\n\n');
  const lines = note.slice(end + 2, -1).split('\n');
  if (end < 0 || !note.endsWith('\n') || !lines.every((line) => /^\u2014 \S+ \S+$/.test(line))) return undefined;
  const text = note.slice(0, end + 1);
  let signed = false;
  for (const line of lines) {
    const [, who, letters] = line.split(' ');
    const bytes = who === name && fromBase64(letters);
    if (!bytes || bytes.length !== 64 + idBytes || !same(bytes.subarray(0, idBytes), id)) continue;
    signed = signed || (await verify(key, new TextEncoder().encode(text), bytes.subarray(idBytes)));
  }
  const [origin, size, root, ...more] = text.slice(0, -1).split('\n');
  if (!signed || origin !== name || !/^(0|[1-9]\d{0,15})$/.test(size)) return undefined;
  const link = more.find((line) => line.startsWith('chain '));
  return { size: Number(size), root, chain: link?.slice(6) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** The lines of whole bytes; undefined in place of one that is no text. */
function decoded(bytes) {
  try {
    return utf8.decode(bytes).split('\n');
  } catch {
    const lines = [];
    for (let from = 0; from <= bytes.length; ) {
      const end = bytes.indexOf(10, from);
      const to = end < 0 ? bytes.length : end;
      try {
        lines.push(utf8.decode(bytes.subarray(from, to)));
      } catch {
        lines.push(undefined);
      }
      from = to + 1;
    }
    return lines;
  }
}
function joined(a, b) {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The lines of a file, many at a time. What no line break ends is given with a space that it was not written with. */
async function* linesOf(chunks) {
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(10);
    if (end >= 0) yield decoded(joined(rest, chunk.subarray(0, end)));
    rest = end >= 0 ? chunk.slice(end + 1) : joined(rest, chunk);
    if (rest.length > lineMax) wrong('notOurs', { name: 'entries.jsonl' });
  }
  if (rest.length > 0) yield decoded(joined(rest, Uint8Array.of(32)));
}

/** One record, read from its line; `fields` in the order in which they are written. */
function recordOf(text, fields) {
  try {
    const record = JSON.parse(text);
    const cut = fields.includes('hash') && cutFields(record);
    const own = cut ? record.seq : JSON.parse(record.line).seq;
    const written = JSON.stringify(Object.fromEntries((cut || fields).map((field) => [field, record[field]])));
    if (cut) return { ...record, own, cut: true, asWritten: written === text };
    // Half a pair of UTF-16 hashes like the sign that stands for what cannot be read.
    const asWritten = written === text && !(text.includes('\\ud') && /\p{Surrogate}/u.test(record.line));
    return { ...record, own, asWritten };
  } catch {
    return undefined;
  }
}

/** Where a number that was expected stands later, it was moved; else it is missing. */
async function lost(expected, batches, rest, fields) {
  const isIt = (text) => text?.includes(`${expected}`) && recordOf(text, fields)?.own === expected;
  if (rest.some(isIt)) return wrong('moved', { seq: expected });
  for await (const batch of batches) if (batch.some(isIt)) return wrong('moved', { seq: expected });
  return wrong('gone', { seq: expected });
}

/** Walks the records in the order in which they must stand: `each` gets every one that is in its place and as it was written. */
async function walk(bundle, fields, order, each) {
  const batches = linesOf(await bundle.chunks('entries.jsonl'));
  let at = 0;
  for await (const batch of batches) {
    for (let i = 0; i < batch.length; i += 1) {
      const text = batch[i];
      const expected = order.at(at);
      const record = text === undefined ? undefined : recordOf(text, fields);
      if (at >= order.length) return wrong('surplus', { seq: record && isNumber(record.own) ? record.own : expected });
      if (record === undefined) return wrong('altered', { seq: expected, text });
      if (record.own !== expected) {
        if (isNumber(record.own) && record.seq === record.own) {
          if (!order.has(record.own)) return wrong('surplus', { seq: record.own });
          if (order.before(record.own, at)) return wrong('twice', { seq: record.own });
          await lost(expected, batches, batch.slice(i), fields);
        }
        return wrong('altered', { seq: expected, text });
      }
      if (record.seq !== expected) return wrong('altered', { seq: expected, text });
      if (!record.asWritten) return wrong('resaved', { seq: expected, text });
      each(record, text);
      at += 1;
    }
  }
  return at < order.length ? wrong('gone', { seq: order.at(at) }) : undefined;
}

const isTrees = (trees) =>
  Array.isArray(trees) &&
  trees.length <= 64 &&
  trees.every(({ level, hash }) => isNumber(level) && level < 53 && isHash(hash));

/** The name of a log as a person reads it. */
function readable(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What joins the records to the checkpoint, read; it has to be written as an export writes it. */
function proofOf(text) {
  try {
    const proof = JSON.parse(text);
    const { size, from, to, before, after, cuts, records, files } = proof;
    const around = before && { before: { chain: before.chain, trees: before.trees.map(tree) }, after: after.map(tree) };
    const known =
      records === undefined
        ? { size, from, to, ...around, cuts: cutFacts(cuts) }
        : { size, records: records.map(({ seq, proof: way }) => ({ seq, proof: way })), files: files.map(file) };
    const sound =
      records === undefined
        ? from >= 1 && from <= to && to <= size && isHash(before.chain) && isTrees(before.trees) && isTrees(after)
        : records.every(({ seq, proof: way }) => isNumber(seq) && seq >= 1 && seq <= size && way.every(isHash)) &&
          files.every(({ name, sha256 }) => /^[\w-]+\/[\w-]+\.(jpg|mp4)$/.test(name) && isHash(sha256));
    if (sound && [size, from || 1, to || 1].every(isNumber) && `${JSON.stringify(known, undefined, 2)}\n` === text)
      return proof;
  } catch {
    // Said below.
  }
  return wrong('badProof');
}
const tree = ({ level, hash }) => ({ level, hash });
const file = ({ name, sha256, seq }) => ({ name, sha256, seq });

/** Days of the journal: every record of a stretch, held to the root by the hashes around it. */
async function checkDays(bundle, proof, head, kept, { sha256, seen }) {
  const { from, to, before, after } = proof;
  const trees = new Trees(sha256);
  const cuts = new Cuts(sha256, proof.cuts);
  let [chain, keptRoot] = [before.chain, undefined];
  const push = (level, hash) => {
    trees.push(level, hash);
    if (kept && trees.to === kept.size) keptRoot = trees.root();
  };
  for (const { level, hash } of before.trees) push(level, fromHex(hash));
  if (trees.to !== from - 1) wrong('badProof');
  const order = {
    length: to - from + 1,
    at: (i) => from + i,
    has: (seq) => seq >= from && seq <= to,
    before: (seq, i) => seq < from + i,
  };
  await walk(bundle, ['seq', 'hash', 'line'], order, (record, text) => {
    if (record.cut) {
      // The link before the first record joins nothing where that one was cut.
      if (record.seq === from && /[^0]/.test(before.chain)) wrong('badProof');
      chain = record.hash;
      cuts.add(record);
      return push(0, fromHex(record.leaf));
    }
    chain = hexOf(sha256(chain, record.line));
    if (chain !== record.hash) wrong(record.seq === from ? 'start' : 'altered', { seq: record.seq, text });
    push(0, sha256(Uint8Array.of(0), record.line));
    seen(record);
  });
  for (const { level, hash } of after) push(level, fromHex(hash));
  const whole = trees.to === head.size && trees.root() === head.root;
  if (!whole || (to === head.size && head.chain !== undefined && head.chain !== chain))
    wrong('rewritten', { from, to });
  const unnamed = cuts.wrong(head.size, head.root);
  if (unnamed !== undefined) wrong('cutUnnamed', { seq: unnamed });
  const more = cuts.count > 0 ? [{ what: 'cutSaid', values: { count: cuts.count } }] : [];
  return { kept: keptRoot, more, said: { what: 'whole', values: { from, to, count: to - from + 1 } } };
}

/** The records of an incident: each held to the root by a way of its own, and each picture to the record that names its hash. */
async function checkCase(bundle, { records, files, size }, head, kept, { sha256, seen }) {
  const lines = new Map();
  const order = {
    length: records.length,
    at: (i) => (i < records.length ? records[i].seq : size),
    has: (seq) => records.some((one) => one.seq === seq),
    before: (seq, i) => records.slice(0, i).some((one) => one.seq === seq),
  };
  if (records.some(({ seq }, i) => i > 0 && seq <= records[i - 1].seq)) wrong('badProof');
  await walk(bundle, ['seq', 'line'], order, (record, text) => {
    const way = records[lines.size].proof.map(fromHex);
    const root = rootFrom(sha256, record.seq - 1, size, sha256(Uint8Array.of(0), record.line), way);
    if (root !== head.root) wrong('unproved', { seq: record.seq, text });
    lines.set(record.seq, record.line);
    seen(record);
  });
  for (const { name, sha256: expected, seq } of files) {
    const parts = [];
    for await (const chunk of await bundle.chunks(name)) parts.push(chunk.slice());
    if (hexOf(sha256(...parts)) !== expected) wrong('picture', { name });
    if (!(lines.get(seq) || '').includes(expected)) wrong('badProof');
  }
  const keptRoot = kept && kept.size === head.size ? head.root : undefined;
  const clips = files.filter(({ name }) => name.endsWith('.mp4')).length;
  const values = { count: records.length, pictures: files.length - clips, ...(clips > 0 && { clips }) };
  return { kept: keptRoot, said: { what: clips > 0 ? 'caseWithClips' : 'caseWhole', values } };
}

/**
 * Checks a bundle, with a note that was kept elsewhere where there is one. Resolves with what is to be said, the verdict first: `{ good, said: [{ what, values }] }`;
 * rejects with `Wrong`. Good is only what agrees with all that was given. `tools.seen` hears of each record that is in its place.
 */
export async function checkBundle(bundle, keptNote, tools) {
  const key = keyOf(await bundle.text('key.vkey'), tools);
  const head = await opened(await bundle.text('checkpoint.note'), key, tools);
  if (!head) return wrong('badNote');
  const proof = proofOf(await bundle.text('proof.json'));
  if (proof.size !== head.size) return wrong('badProof');
  const kept = keptNote === undefined ? undefined : await opened(keptNote, key, tools);
  if (keptNote !== undefined && !kept) return wrong('badKept');
  const check = proof.records === undefined ? checkDays : checkCase;
  const found = await check(bundle, proof, head, kept, tools);
  const { what, values } = found.said;
  const verdict = { what, values: { ...values, size: head.size, name: readable(key.name), id: key.number } };
  const more = found.more || [];
  if (!kept) return { good: true, said: [verdict, ...more] };
  if (found.kept === undefined)
    return {
      good: false,
      said: [{ what: 'otherSize', values: { size: kept.size, here: head.size } }, verdict, ...more],
    };
  if (found.kept !== kept.root) return wrong('otherRoot', { size: kept.size });
  return { good: true, said: [verdict, ...more, { what: 'keptAgrees', values: { size: kept.size } }] };
}

/** A sentence in both languages, from the table that is put in. */
export function sentence(table, what, values = {}) {
  const fill = (text) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const words = table[what] || { zh: what, en: what };
  return { zh: fill(words.zh), en: fill(words.en) };
}
