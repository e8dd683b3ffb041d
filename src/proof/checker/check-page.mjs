/**
 * The page that checks exported records: opened as a file, it reads what is picked or dropped and says in both languages whether it is what was
 * signed. It must send nothing anywhere, and show nothing of a record but as text.
 */
import { checkBundle, sentence, Wrong } from './check-bundle.mjs';
import { verifyEd25519 } from './ed25519.mjs';
import { sha256 } from './sha2.mjs';
import { zipSlices } from './zip-slices.mjs';

/** @type {Record<string, { zh: string, en: string }>} */
const SAID = {};

const needed = ['entries.jsonl', 'checkpoint.note', 'key.vkey', 'proof.json'];
const wholeMax = 64_000_000;
const noteMax = 100_000;
const chunkBytes = 1_048_576;
const shownMax = 200;
const textMax = 20_000;
const droppedMax = 20_000;
const place = (id) => document.getElementById(id);

/** @type {Map<string, File>} by name, below the folder that was picked. */
const files = new Map();
const strange = [];
let keptFile;
/** Counts what was asked, so that an answer to what is no longer asked is not shown. */
let asked = 0;

const encoder = new TextEncoder();
const hashOf = (...parts) => {
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  if (bytes.length === 1) return sha256(bytes[0]);
  const all = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of bytes) {
    all.set(part, at);
    at += part.length;
  }
  return sha256(all);
};

/** By the browser's own Ed25519 where it has one, else by the one of this page. */
async function verify(key, message, signature) {
  const { subtle } = window.crypto || {};
  if (subtle) {
    try {
      const known = await subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
      const holds = await subtle.verify({ name: 'Ed25519' }, known, signature, message);
      document.body.dataset.signature = 'browser';
      return holds;
    } catch {
      // It has none.
    }
  }
  document.body.dataset.signature = 'page';
  return verifyEd25519(key, message, signature);
}

/** Puts a sentence into a place, Chinese above English. */
function put(where, what, values) {
  const { zh, en } = sentence(SAID, what, values);
  for (const [lang, text] of [
    ['zh', zh],
    ['en', en],
  ]) {
    const line = document.createElement('span');
    line.lang = lang;
    line.textContent = text;
    where.append(line);
  }
}
function verdict(state, said) {
  const where = place('verdict');
  where.textContent = '';
  where.dataset.state = state;
  for (const { what, values } of said) put(where, what, values);
}

async function textOf(file, name, most) {
  if (file.size > most) throw new Wrong('notOurs', { name });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch (error) {
    if (error instanceof TypeError) throw new Wrong('notOurs', { name });
    throw error;
  }
}
async function* slices(file, progress) {
  for (let at = 0; at < file.size; at += chunkBytes) {
    yield new Uint8Array(await file.slice(at, at + chunkBytes).arrayBuffer());
    progress(Math.min(at + chunkBytes, file.size) / file.size);
  }
}
function bundle(progress) {
  const found = (name) => {
    const file = files.get(name) || files.get(name.slice(name.lastIndexOf('/') + 1));
    if (!file) throw new Wrong('missing', { name });
    return file;
  };
  return {
    text: async (name) => textOf(found(name), name, wholeMax),
    chunks: async (name) => slices(found(name), progress),
  };
}

/** The first records, as they were written and with the time by the clock of this computer. */
function show(records, count) {
  const list = place('records');
  list.textContent = '';
  place('shown').hidden = records.length === 0;
  for (const { line } of records) {
    const { seq, at, kind } = JSON.parse(line);
    const item = document.createElement('li');
    const title = document.createElement('strong');
    const time = typeof at === 'number' && Math.abs(at) < 8.64e15 ? new Date(at).toLocaleString('zh-CN') : '';
    title.textContent = `${seq}  ${time}  ${kind}`;
    const text = document.createElement('pre');
    text.textContent = line.slice(0, textMax);
    item.append(title, text);
    list.append(item);
  }
  place('more').textContent = '';
  if (count > records.length) put(place('more'), 'pageMore', { shown: records.length, count });
}
function showWrong(text) {
  place('wrong').hidden = text === undefined;
  place('wrong').textContent = text === undefined ? '' : text.slice(0, textMax);
}

async function keptNote() {
  const typed = place('note').value;
  if (typed.trim() !== '') return `${typed.replace(/\r/g, '').trim()}\n`;
  return keptFile && textOf(keptFile, keptFile.name, noteMax);
}

async function check() {
  asked += 1;
  const mine = asked;
  const bar = place('progress');
  const records = [];
  let count = 0;
  const now = (work) => {
    if (mine === asked) work();
  };
  const seen = (record) => {
    count += 1;
    if (records.length < shownMax) records.push(record);
  };
  const progress = (share) => {
    // A check that nobody waits for any more is given up.
    if (mine !== asked) throw new Wrong('pageWait');
    bar.value = share;
  };
  showWrong(undefined);
  show([], 0);
  const lacking = needed.filter((name) => !files.has(name));
  if (lacking.length > 0) {
    const said = [
      { what: files.size > 0 || strange.length > 0 ? 'pageLacks' : 'pageWait', values: { names: lacking.join('、') } },
    ];
    if (strange.length > 0) said.push({ what: 'pageStrange', values: { names: strange.slice(0, 5).join('、') } });
    return verdict('none', said);
  }
  bar.hidden = false;
  verdict('busy', [{ what: 'pageBusy' }]);
  try {
    const { good, said } = await checkBundle(bundle(progress), await keptNote(), { sha256: hashOf, verify, seen });
    now(() => {
      verdict(good ? 'good' : 'unsure', said);
      show(records, count);
    });
  } catch (error) {
    const known = error instanceof Wrong;
    now(() => {
      verdict('bad', [known ? error : { what: 'unreadable', values: { why: String(error.message) } }]);
      showWrong(known ? error.values.text : undefined);
    });
  }
  return now(() => {
    bar.hidden = true;
  });
}

/** What was picked, with the parts of an archive in its place; undefined where one cannot be read as it is. */
async function unfolded(found) {
  const all = [];
  for (const [path, file] of found) {
    const parts = path.endsWith('.zip') ? await zipSlices(file) : [[path, file]];
    if (!parts) return undefined;
    all.push(...parts);
  }
  return all;
}

/** Takes files in, each with its path below what was picked. A folder or an archive takes the place of what was there. */
async function take(picked, anew) {
  asked += 1;
  const mine = asked;
  verdict('busy', [{ what: 'pageBusy' }]);
  let found;
  try {
    found = await unfolded(picked);
  } catch (error) {
    return verdict('bad', [{ what: 'unreadable', values: { why: String(error.message) } }]);
  }
  if (mine !== asked) return undefined;
  if (!found) return verdict('none', [{ what: 'pageZip' }]);
  if (anew || found.length > picked.length) files.clear();
  const names = found.map(([path]) => path.split('/').slice(-2).join('/'));
  strange.length = 0;
  const once = new Set();
  let twice = false;
  found.forEach(([path, file], i) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const ours = needed.includes(name);
    if (ours && once.has(name)) twice = true;
    once.add(name);
    if (ours) files.set(name, file);
    else if (/\.(jpg|mp4)$/.test(name)) files.set(names[i], file).set(name, file);
    else if (!/^(README\.txt|verify\.(mjs|html)|.*\.pdf)$/.test(name)) strange.push(name);
  });
  if (!twice) return check();
  asked += 1;
  files.clear();
  return verdict('none', [{ what: 'pageTwice' }]);
}

/** Everything in a folder that was dropped, and below it. */
async function within(entry, found) {
  if (found.length >= droppedMax) return;
  if (entry.isFile) {
    found.push([entry.fullPath, await new Promise((resolve, reject) => entry.file(resolve, reject))]);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    for (const one of some) await within(one, found);
    if (some.length === 0 || found.length >= droppedMax) return;
  }
}
async function dropped(event) {
  event.preventDefault();
  place('drop').classList.remove('over');
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
  const found = [];
  try {
    if (entries.some((entry) => entry)) for (const entry of entries) if (entry) await within(entry, found);
    if (!entries.some((entry) => entry)) for (const file of event.dataTransfer.files) found.push([file.name, file]);
    await take(
      found,
      entries.some((entry) => entry?.isDirectory),
    );
  } catch (error) {
    verdict('bad', [{ what: 'unreadable', values: { why: String(error.message) } }]);
  }
}

for (const id of ['files', 'folder'])
  place(id).addEventListener('change', ({ target }) => {
    const picked = [...target.files].map((file) => [file.webkitRelativePath || file.name, file]);
    void take(picked, id === 'folder');
    target.value = '';
  });
place('kept').addEventListener('change', ({ target }) => {
  keptFile = target.files[0];
  void check();
});
place('note').addEventListener('change', check);
place('clear').addEventListener('click', () => {
  files.clear();
  strange.length = 0;
  keptFile = undefined;
  place('kept').value = '';
  place('note').value = '';
  void check();
});
window.addEventListener('dragover', (event) => {
  event.preventDefault();
  place('drop').classList.add('over');
});
window.addEventListener('dragleave', () => place('drop').classList.remove('over'));
window.addEventListener('drop', dropped);
void check();
